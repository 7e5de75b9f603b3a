interface Props {
  title: string;
  /** The queue or campaign, the line, or the colleague. */
  origin: string;
}

/** What this is, and where it comes from. */
export function Heading({ title, origin }: Props) {
  return (
    <header className="call-heading">
      <h2>{title}</h2>
      {origin && <p className="call-queue">{origin}</p>}
    </header>
  );
}
