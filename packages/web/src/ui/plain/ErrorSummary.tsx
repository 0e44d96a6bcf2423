import { Note } from "./Note.tsx";
import { type EntryErrors, focusFirst } from "./use-sending.ts";

/** Above a form: everything that is wrong with it, each sentence leading to its entry. */
export function ErrorSummary({ errors }: { errors: EntryErrors }) {
  const wrong = Object.entries(errors);
  if (wrong.length === 0) return null;
  return (
    <Note kind="bad" role="alert" title={`有${wrong.length}处需要改正：`}>
      <ul>
        {wrong.map(([name, sentence]) => (
          <li key={name}>
            <button type="button" className="link-button" onClick={() => focusFirst({ [name]: sentence })}>
              {sentence}
            </button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
