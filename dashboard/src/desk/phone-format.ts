import { useEffect, useState } from 'react';

/** How numbers are written, by the rules of their countries. */
export interface PhoneFormat {
  /** An E.164 number, the way people write it. */
  whole: (e164: string) => string;
  /** The beginning of a number. `country` (ISO 3166-1) is where it is from if it doesn't say. */
  begun: (digits: string, country: string) => string;
}

const asIs: PhoneFormat = { whole: (e164) => e164, begun: (digits) => digits };
let loading: Promise<PhoneFormat> | undefined;
/** What a line that comes into sight later begins with: it must not be drawn twice, first with the number as it is. */
let loaded = asIs;

/** The number plans are fetched when they are first needed, after the first paint. */
function loadFormat(): Promise<PhoneFormat> {
  loading ??= import('libphonenumber-js/min').then(({ AsYouType, isSupportedCountry, parsePhoneNumberFromString }) => {
    loaded = {
      whole: (e164) => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164,
      begun: (digits, country) => new AsYouType(isSupportedCountry(country) ? country : undefined).input(digits),
    };
    return loaded;
  });
  return loading;
}

/** The rules, as soon as they are there; numbers stay as they are until then. */
export function useNumberPlan(): PhoneFormat {
  const [format, setFormat] = useState(loaded);
  useEffect(() => {
    let current = true;
    loadFormat().then(
      (there) => current && setFormat(there),
      () => {
        // Offline at that moment: plain numbers can be read too.
      },
    );
    return () => {
      current = false;
    };
  }, []);
  return format;
}

/** Writes E.164 numbers the way people do. */
export const usePhoneFormat = (): PhoneFormat['whole'] => useNumberPlan().whole;
