import type { FormField } from "@shice/rules/form/form.ts";
import { FieldBox } from "./FieldBox.tsx";
import { useFilling } from "./filling.ts";
import { PhotoEditor } from "./PhotoEditor.tsx";
import { isAsked } from "./progress.ts";
import { ScanPages } from "./ScanPages.tsx";

const groups: readonly { title: string; fields: readonly FormField[] }[] = [
  {
    title: "在岗与考核",
    fields: [
      "inEstablishment",
      "onPost",
      "newlyHired",
      "probationFinishedOn",
      "inductionTrainingPassed",
      "postNature",
      "title",
      "teachingRelatedWork",
      "contractSince",
      "workingSince",
      "trainingHours",
      "assessments",
      "interruption",
    ],
  },
  {
    title: "学历",
    fields: [
      "education",
      "degree",
      "studyMode",
      "teacherTraining",
      "graduatedFrom",
      "major",
      "graduatedOn",
      "putonghuaLevel",
    ],
  },
  {
    title: "户籍与联系方式",
    fields: ["birthplace", "householdRegistration", "address", "postcode", "mobile", "telephone", "email"],
  },
];

/** Step 7: the photo, the rest of the form, and scans of what will be brought. */
export function MaterialsStep() {
  const { draft } = useFilling();
  return (
    <>
      <PhotoEditor />
      {groups.map(({ title, fields }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <div className="entry-grid">
            {fields
              .filter((field) => isAsked(field, draft.values))
              .map((field) => (
                <FieldBox key={field} field={field} />
              ))}
          </div>
        </section>
      ))}
      <h2 id="scans">材料照片</h2>
      <ScanPages />
    </>
  );
}
