import * as token from '@cloudscape-design/design-tokens';

/**
 * Lends Cloudscape's tokens to app.css under names of our own. They are set on the body because that is where
 * Cloudscape changes their values in dark mode.
 */
const names = {
  surface: token.colorBackgroundContainerContent,
  canvas: token.colorBackgroundLayoutMain,
  divider: token.colorBorderDividerDefault,
  text: token.colorTextBodyDefault,
  quiet: token.colorTextBodySecondary,
  heading: token.colorTextHeadingDefault,
  accent: token.colorTextAccent,
  focus: token.colorBorderItemFocused,
  ready: token.colorTextStatusSuccess,
  paused: token.colorTextStatusWarning,
  idle: token.colorTextStatusInactive,
  mixed: token.colorTextStatusInfo,
  radius: token.borderRadiusContainer,
  font: token.fontFamilyBase,
} as const;

for (const [name, value] of Object.entries(names)) document.body.style.setProperty(`--g-${name}`, value);
