const SVG = 'http://www.w3.org/2000/svg';

const paths = {
  chat: 'M4 5h16v11H9l-5 4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-5 16-3-7z',
  clip: 'M8 12l6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l8-8',
  sound: 'M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6',
  silent: 'M4 10v4h4l5 4V6L8 10zM16 10l4 4M20 10l-4 4',
  waiting: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2',
  sent: 'M5 12l5 5L20 7',
  received: 'M2 12l5 5L17 7M11 15l2 2L23 7',
  phone:
    'M6.5 3.5l3 .5 1 4-2 1.7a13 13 0 0 0 5.8 5.8l1.7-2 4 1 .5 3c0 1.7-1.3 3-3 3A14.5 14.5 0 0 1 3.5 6.5c0-1.7 1.3-3 3-3z',
  hangUp:
    'M12 9c-3.5 0-6.5.9-8.6 2.6-1.2 1-1.1 2.6-.2 3.9l.8 1.2 4-1.5v-2.7a14 14 0 0 1 8 0v2.7l4 1.5.8-1.2c.9-1.3 1-2.9-.2-3.9C18.5 9.9 15.5 9 12 9z',
  microphone: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  muted: 'M9 9v2a3 3 0 0 0 4.5 2.6M15 11V6a3 3 0 0 0-6 0M6 11a6 6 0 0 0 9.5 4.9M12 17v4M18 11l-.5 2.5M4 3l16 18',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
};

export type IconName = keyof typeof paths;

/** A picture that says nothing a text beside it does not. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
