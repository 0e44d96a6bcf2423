import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { formFields } from "@shice/rules/form/form.ts";
import { channels, templates } from "@shice/rules/lifecycle/message.ts";
import { roles, staffRoles } from "@shice/rules/lifecycle/role.ts";
import { states } from "@shice/rules/lifecycle/state.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { certificateKinds, postKinds } from "@shice/rules/plan/institution.ts";
import { concerns, reasonUses } from "@shice/rules/plan/plan.ts";
import { stages } from "@shice/rules/plan/stage.ts";
import { z } from "zod";

/** The terms of the rules as closed lists, so that each has a title. */
export const State = z.enum(states);
export const Role = z.enum(roles);
export const StaffRole = z.enum(staffRoles);
export const Stage = z.enum(stages);
/** The act of a history row: the beginning, or a transition of the lifecycle. */
export const HistoryAct = z.enum(["start", ...transitionNames]);
export const CertificateKind = z.enum(certificateKinds);
export const PostKind = z.enum(postKinds);
export const RegistrationKind = z.enum(["first", "periodic"]);
export const MarkWith = z.enum(["sticker", "annotation", "none"]);
export const CertificateVersion = z.enum(["old", "new"]);
export const FormFieldName = z.enum(formFields);
export const ComparedFieldName = z.enum(comparedFields);
export const ReasonUse = z.enum(reasonUses);
export const Concerns = z.enum(concerns);
export const SuppliedBy = z.enum(["applicant", "school"]);
export const Template = z.enum(templates);
export const Channel = z.enum(channels);
export const OrganisationKind = z.enum(["commission", "centre", "authority", "school"]);
/** The part of an organisation in a campaign. */
export const BodyPart = z.enum(["authority", "review", "final", "operator"]);

const planKey = z.string().max(60);
/**
 * Keys of the plan. Each kind is a branded type, so that it cannot be looked up among other keys or shown as a title.
 */
export const ConclusionKey = planKey.brand<"conclusion">();
export type ConclusionKey = z.infer<typeof ConclusionKey>;
export const MaterialKey = planKey.brand<"material">();
export type MaterialKey = z.infer<typeof MaterialKey>;
export const ReasonCode = planKey.brand<"reason">();
export type ReasonCode = z.infer<typeof ReasonCode>;
export const AreaKey = planKey.brand<"area">();
export const RestrictionKind = planKey.brand<"restriction">();
/** The key of a file: `photo`, or a material's key. */
export const Slot = z.union([z.literal("photo"), MaterialKey]);
/** An entry by the school: a form field, or a material's scans. */
export const EntryKey = z.union([FormFieldName, z.templateLiteral(["material:", z.string()])]);
export type EntryKey = z.infer<typeof EntryKey>;
/** An item that a return opens: `field:…` with a form field, or `material:…`. */
export const OpenedKey = z.string().brand<"opened">();
export type OpenedKey = z.infer<typeof OpenedKey>;
