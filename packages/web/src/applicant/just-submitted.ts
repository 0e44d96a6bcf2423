/** The application that this tab has just submitted: its receipt is shown once, wherever the tab comes to next. */
let submitted: string | undefined;

export function noteSubmitted(application: string): void {
  submitted = application;
}

export function wasJustSubmitted(application: string): boolean {
  return submitted === application;
}

export function forgetSubmitted(): void {
  submitted = undefined;
}
