import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import type { PictureProps, Side, StepLinkProps } from "../../applicant/form-host.tsx";
import { api, client, queryClient } from "../../ui/client.ts";
import { AttestationStep, TermsOfTheTeacher } from "./bodies.tsx";

/** The clerk's side of a teacher's form: other calls, other addresses, and nothing of what only the teacher may do. */
export function clerkSideOf(
  campaign: string,
  application: string,
  schools: readonly { id: string; name: string }[],
): Side {
  const target = { campaign, application };
  const aboutOptions = api.assistance.about.queryOptions({ input: target });
  return {
    byClerk: true,
    journal: journalOf(application),
    read: () => client.assistance.getForm(target),
    save: (input) => client.assistance.saveForm({ ...target, ...input }),
    keep: (form) => queryClient.setQueryData(api.assistance.getForm.queryOptions({ input: target }).queryKey, form),
    aboutKey: aboutOptions.queryKey,
    readAbout: () => client.assistance.about(target),
    addAttachment: (input) => client.assistance.addAttachment({ ...target, ...input }),
    arrangeAttachments: (input) => client.assistance.arrangeAttachments({ ...target, ...input }),
    pathOf: (step) => `/office/${campaign}/assistance/${application}/step/${step}`,
    StepLink,
    ListLink,
    Picture,
    bodies: { 2: TermsOfTheTeacher, 8: AttestationStep },
    schools,
  };
}

/** Apart from the teacher's own, who may have sat at the same machine. */
export function journalOf(application: string): string {
  return `school-${application}`;
}

function StepLink({ step, children, ...rest }: StepLinkProps) {
  const { campaign = "", application = "" } = useParams({ strict: false });
  const params = { campaign, application, step: String(step) };
  return (
    <Link to="/office/$campaign/assistance/$application/step/$step" params={params} {...rest}>
      {children}
    </Link>
  );
}

function ListLink({ children }: { children: ReactNode }) {
  const { campaign = "", application = "" } = useParams({ strict: false });
  return (
    <Link to="/office/$campaign/assistance/$application" params={{ campaign, application }}>
      {children}
    </Link>
  );
}

/** Read under the post that is worked with, which the address of a picture cannot say. */
function Picture({ application, id, alt, linked = false, ...size }: PictureProps) {
  const { campaign = "" } = useParams({ strict: false });
  const file = useQuery({
    queryKey: ["attachment", id],
    queryFn: () => client.documents.getAttachment({ campaign, application, attachment: id }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (file.data === undefined) return;
    const made = URL.createObjectURL(file.data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file.data]);
  if (file.isError) return <p role="alert">图片打不开，请重新上传。</p>;
  if (address === undefined) return <p>正在打开……</p>;
  const picture = <img src={address} alt={alt} {...size} />;
  return linked ? (
    <a href={address} target="_blank" rel="noreferrer" title="在新窗口中看大图">
      {picture}
    </a>
  ) : (
    picture
  );
}
