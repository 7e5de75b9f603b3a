const base = '/settings/recordings';

export const newHref = `${base}/new`;
export const editHref = (id: string): string => `${base}/${id || 'new'}`;
export const listHref = (archive: boolean): string => (archive ? `${base}?archive` : base);
