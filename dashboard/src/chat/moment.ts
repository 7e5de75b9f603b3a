/** A time of the API in milliseconds; 0 when there is none. Times are compared so: as texts they may differ in length. */
export const moment = (iso: string | undefined): number => (iso ? Date.parse(iso) : 0);
