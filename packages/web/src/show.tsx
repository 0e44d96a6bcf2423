import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import chinese from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn.js";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./routes.tsx";
import { queryClient } from "./ui/client.ts";
import "./ui/style.css";
import { theme } from "./ui/theme.ts";

dayjs.locale("zh-cn");

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <ConfigProvider locale={chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
);
