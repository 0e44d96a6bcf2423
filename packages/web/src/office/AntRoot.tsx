import { Outlet } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import chinese from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn.js";
import { theme } from "../ui/theme.ts";
import "./office.css";

dayjs.locale("zh-cn");

/** The office's set of controls, fetched with the first page that needs it: teachers' pages do without. */
export function AntRoot() {
  return (
    <ConfigProvider locale={chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <Outlet />
      </App>
    </ConfigProvider>
  );
}
