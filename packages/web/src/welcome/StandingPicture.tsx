import { Bar } from "../ui/Bar.tsx";
import type { Training } from "../ui/training.ts";

/** Where everybody stands, as bars: how many are in each state now. */
export function StandingPicture({ standing }: { standing: Training["standing"] }) {
  const most = Math.max(1, ...standing.map(({ people }) => people));
  return (
    <dl className="bars">
      {standing.map(({ state, title, people }) => (
        <div key={state}>
          <dt>{title}</dt>
          <dd>
            <Bar share={people / most} />
            {people}人
          </dd>
        </div>
      ))}
    </dl>
  );
}
