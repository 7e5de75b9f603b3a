/** A bar that empties as time runs out. The text beside it says the same, so readers of screens skip it. */
export function TimeLeft({ left, total }: { left: number; total: number }) {
  const share = total > 0 ? Math.min(1, Math.max(0, left / total)) : 0;
  return (
    <div className="time-left" aria-hidden="true">
      <div style={{ inlineSize: `${share * 100}%` }} />
    </div>
  );
}
