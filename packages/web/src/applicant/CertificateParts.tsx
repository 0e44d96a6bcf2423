import { partTextOf } from "@shice/contract/certificate-parts.zh.ts";
import { explainCertificateNumber } from "@shice/rules/certificate/explain.ts";
import { normaliseCertificateNumber } from "@shice/rules/certificate/number.ts";
import { partsOfIdNumber } from "@shice/rules/identity/id-number.ts";
import { useFilling } from "./filling.ts";

/** The certificate number part by part, while it is typed: what each says, and what disagrees with what was entered. */
export function CertificateParts() {
  const { draft, about } = useFilling();
  const { certificateNumber = "", certificateKind, certificateIssuedOn } = draft.values;
  const number = normaliseCertificateNumber(certificateNumber);
  if (number === "") return <p className="entry-known">按证书填写，15位或17位。全角数字、空格会自动整理。</p>;
  const parts = explainCertificateNumber(number, {
    kind: certificateKind,
    issuedOn: certificateIssuedOn === undefined ? undefined : Temporal.PlainDate.from(certificateIssuedOn),
    sex: partsOfIdNumber(about.person.idNumber)?.sex,
    idNumber: about.person.idNumber,
  });
  return (
    <div aria-live="polite">
      <p className="entry-known">
        已输入{number.length}位{number.length === 15 || number.length === 17 ? "。" : "，一般为15位或17位。"}
        {parts.length > 0 && "各位的含义："}
      </p>
      {parts.length > 0 && (
        <ul className="number-parts">
          {parts.map((part) => {
            const { title, says } = partTextOf(part);
            return (
              <li key={part.key} className={part.agrees === false ? "differs" : part.agrees === true ? "agrees" : ""}>
                <span className="digits">{part.digits}</span>
                <span>{title}</span>
                <span className="soft">{says === part.digits ? "" : says}</span>
                {part.agrees === false && <strong>与所填不一致</strong>}
                {part.agrees === true && <span>一致</span>}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
