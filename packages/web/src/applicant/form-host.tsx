import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import type { QueryKey } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api, client, queryClient } from "../ui/client.ts";
import { type AboutForm, addressOf, type Own } from "./own-application.ts";

/** What an upload answers. */
type Uploaded = Pick<AboutForm, "attachments"> & { version: number };

export interface StepLinkProps {
  step: number;
  /** An entry's id on that step. */
  hash?: string;
  className?: string;
  onClick?: () => void;
  children: ReactNode;
}

export interface PictureProps {
  application: string;
  id: string;
  alt: string;
  width?: number;
  height?: number;
  /** Opens in a window of its own when it is pressed. */
  linked?: boolean;
}

/**
 * From which side a form is filled in: by its teacher, or by the school's clerk for the teacher. Which calls read and
 * save it, where its pages lie, and what is otherwise than for the teacher.
 */
export interface Side {
  /** The clerk fills in: what only the teacher may do is absent, and nobody is addressed as the teacher. */
  byClerk: boolean;
  /** Names this side where the browser keeps what was typed: two people may use one machine. */
  journal: string;
  read(): Promise<Own | null>;
  save(input: { version: number; form: ApplicationDraft }): Promise<Own>;
  /** Whatever else shows the application shows it as it is now. */
  keep(own: Own): void;
  aboutKey: QueryKey;
  readAbout(): Promise<AboutForm>;
  addAttachment(input: { slot: string; fileName: string; content: string }): Promise<Uploaded>;
  arrangeAttachments(input: { slot: string; pages: string[] }): Promise<Uploaded>;
  /** The address of a step. */
  pathOf(step: number): string;
  StepLink: (props: StepLinkProps) => ReactNode;
  ListLink: (props: { children: ReactNode }) => ReactNode;
  Picture: (props: PictureProps) => ReactNode;
  /** Steps that are otherwise here. */
  bodies: Partial<Record<number, () => ReactNode>>;
  /** Where only these may be chosen; else any of the directory. */
  schools: readonly { id: string; name: string }[] | undefined;
}

/** The teacher's own side. */
export function ownSideOf(campaign: string, application: string): Side {
  const target = { campaign, application };
  const aboutOptions = api.applicant.about.queryOptions({ input: target });
  return {
    byClerk: false,
    journal: application,
    read: () => client.applicant.own({ campaign }),
    save: (input) => client.applicant.saveDraft({ ...target, ...input }),
    keep: (own) => queryClient.setQueryData(api.applicant.own.queryOptions({ input: { campaign } }).queryKey, own),
    aboutKey: aboutOptions.queryKey,
    readAbout: () => client.applicant.about(target),
    addAttachment: (input) => client.applicant.addAttachment({ ...target, ...input }),
    arrangeAttachments: (input) => client.applicant.arrangeAttachments({ ...target, ...input }),
    pathOf: (step) => `/my/step/${step}`,
    StepLink,
    ListLink,
    Picture: (props) => <OwnPicture campaign={campaign} {...props} />,
    bodies: {},
    schools: undefined,
  };
}

function StepLink({ step, children, ...rest }: StepLinkProps) {
  return (
    <Link to="/my/step/$step" params={{ step: String(step) }} {...rest}>
      {children}
    </Link>
  );
}

function ListLink({ children }: { children: ReactNode }) {
  return <Link to="/my">{children}</Link>;
}

function OwnPicture({ campaign, application, id, alt, linked = false, ...size }: PictureProps & { campaign: string }) {
  const address = addressOf(campaign, application, `attachments/${id}`);
  const picture = <img src={address} alt={alt} {...size} />;
  return linked ? (
    <a href={address} target="_blank" rel="noreferrer">
      {picture}
    </a>
  ) : (
    picture
  );
}
