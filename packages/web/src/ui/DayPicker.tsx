import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useCampaign } from "./campaign.ts";

/** A day as the contract writes it, 2017-10-16; the calendar opens at the program's today, in training too. */
export function DayPicker({
  value,
  onChange,
  id,
  min,
  max,
}: {
  value?: string | undefined;
  onChange?: (day: string | undefined) => void;
  id?: string;
  /** The first and the last day that can be chosen. */
  min?: string | undefined;
  max?: string | undefined;
}) {
  const { now } = useCampaign();
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      className="w-l"
      value={value === undefined || value === "" ? null : dayjs(value)}
      defaultPickerValue={dayjs(now)}
      showNow={false}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      {...(max === undefined ? {} : { maxDate: dayjs(max) })}
      onChange={(day) => onChange?.(day?.format("YYYY-MM-DD"))}
    />
  );
}
