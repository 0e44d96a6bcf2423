import { palette } from "@shice/contract/palette.ts";
import type { ThemeConfig } from "antd";

/** Ant Design's controls in the program's colours; its own blue, red and greys are too light for WCAG AA. */
export const theme: ThemeConfig = {
  cssVar: { key: "shice" },
  token: {
    // Who presses a button and waits can still read it.
    opacityLoading: 0.9,
    // Whom motion makes ill has said so to the system (WCAG 2.3.3).
    motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    colorPrimary: palette.primary,
    colorLink: palette.link,
    colorError: palette.error,
    colorWarning: palette.warning,
    colorSuccess: palette.success,
    colorInfo: palette.primary,
    // Derived from dark colours these would be muddy.
    colorSuccessBg: palette.successGround,
    colorSuccessBorder: palette.successLine,
    colorInfoBg: palette.infoGround,
    colorInfoBorder: palette.infoLine,
    colorWarningBg: palette.warningGround,
    colorWarningBorder: palette.warningLine,
    colorErrorBg: palette.errorGround,
    colorErrorBorder: palette.errorLine,
    colorText: palette.text,
    controlItemBgActive: palette.selectedGround,
    controlItemBgActiveHover: palette.selectedHover,
    controlItemBgHover: palette.hover,
    colorTextSecondary: palette.secondary,
    colorTextTertiary: palette.secondary,
    colorTextDescription: palette.secondary,
    colorTextPlaceholder: palette.faint,
    colorTextDisabled: palette.faint,
    colorBgContainerDisabled: palette.disabledGround,
    colorBgLayout: palette.page,
    colorBorder: palette.edge,
    colorBorderSecondary: palette.line,
    borderRadius: 4,
    fontSize: 15,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "HarmonyOS Sans SC", system-ui, sans-serif',
  },
  components: {
    Layout: {
      headerBg: palette.primary,
      headerColor: palette.surface,
      siderBg: palette.surface,
      headerHeight: 56,
      headerPadding: "0 16px",
    },
    Table: {
      headerBg: palette.headerGround,
      cellPaddingBlock: 10,
      rowHoverBg: palette.hover,
      rowSelectedBg: palette.selectedGround,
      rowSelectedHoverBg: palette.selectedHover,
    },
    Menu: { itemSelectedBg: palette.selectedGround, itemSelectedColor: palette.primary },
  },
};
