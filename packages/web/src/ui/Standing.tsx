/** One strip, the same on every screen: where the case is, whose turn, by when, what if nothing happens. */
export function Standing({ sentence, over }: { sentence: string; over?: boolean }) {
  return (
    <p className={over === true ? "standing over" : "standing"} role="status">
      {sentence}
    </p>
  );
}
