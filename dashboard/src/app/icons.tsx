/** The product's own icons, drawn on Cloudscape's 16-pixel grid. They take its stroke and its colour. */

export function HeadsetIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M2 10V8a6 6 0 0 1 12 0v2" />
      <path d="M2 9h2.5v4.5H3a1 1 0 0 1-1-1zM14 9h-2.5v4.5H13a1 1 0 0 0 1-1z" />
      <path d="M13 13.5c0 1-1 1.5-2 1.5H9" />
    </svg>
  );
}

const handset =
  'M2.2 2.6 4.3 1l2.5 3.2-1.3 1.6c.7 1.6 1.9 2.9 3.6 3.8l1.7-1.3L14 10.9l-1.7 2.2c-.5.7-1.4.9-2.2.6C6 12.2 3.3 9.3 1.8 4.9c-.3-.9-.2-1.7.4-2.3z';

export function PhoneIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={handset} className="filled" />
    </svg>
  );
}

export function HangUpIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={handset} className="filled" transform="rotate(135 8 8)" />
    </svg>
  );
}

/** A telephone's twelve keys. */
export function KeypadIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {[2.5, 6.2, 9.9, 13.6].flatMap((y) =>
        [3.5, 8, 12.5].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.4" className="filled" />),
      )}
    </svg>
  );
}

/** An arrow from one to another. */
export function TransferIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3" />
    </svg>
  );
}

/** A box with a lid, and an arrow into it or out of it. */
const box = 'M2 5.5V13a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V5.5M1 2h14v3.5H1z';

export function ArchiveIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={box} />
      <path d="M8 7.5v4M6 9.7l2 2 2-2" />
    </svg>
  );
}

export function UnarchiveIcon() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={box} />
      <path d="M8 12V8M6 9.8l2-2 2 2" />
    </svg>
  );
}
