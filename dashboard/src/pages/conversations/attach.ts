import type { CenterSettings } from '../../api/model';

/** Why a file can't be attached; keys under `attach`. */
export type FileObstacle = 'type' | 'size' | 'empty';

type Limits = Omit<CenterSettings, 'country'>;

/** `attachmentTypes` may name whole classes, as in image/*. Nothing listed allows every type: the server decides. */
function allows({ attachmentTypes }: Limits, type: string): boolean {
  if (attachmentTypes.length === 0) return true;
  return attachmentTypes.some((allowed) =>
    allowed.endsWith('/*') ? type.startsWith(allowed.slice(0, -1)) : allowed === type,
  );
}

export function fileObstacle({ type, size }: Pick<File, 'type' | 'size'>, settings: Limits): FileObstacle | undefined {
  if (size === 0) return 'empty';
  if (settings.attachmentBytes > 0 && size > settings.attachmentBytes) return 'size';
  return allows(settings, type) ? undefined : 'type';
}
