import { useMay } from '../../api/session.ts';
import { NoPermission } from '../../components/no-permission.tsx';
import { Panel } from '../../components/panel.tsx';
import { Channels } from './channels.tsx';
import { Contacts } from './contacts.tsx';
import { Deliveries } from './deliveries.tsx';
import { MaintenanceWindows } from './maintenance-windows.tsx';
import { NotificationPreview } from './notification-preview.tsx';
import { TabBody } from './tab-body.tsx';

/** Who is told of alerts, by which way, and what became of it. */
export function NotificationsTab() {
  if (!useMay('Security Admin')) {
    return <NoPermission needs="Security Admin" what="the notifications" />;
  }
  return (
    <TabBody lead="Channels stand in vedette.yaml under “notifications”, since they hold secrets: here is how they fare, and each can be tried. Security contacts and maintenance windows are kept here.">
      <Panel title="Channels">
        <Channels />
      </Panel>
      <Panel title="Security contacts">
        <Contacts />
      </Panel>
      <Panel title="Maintenance windows">
        <MaintenanceWindows />
      </Panel>
      <Panel title="Deliveries">
        <Deliveries />
      </Panel>
      <Panel title="What would have been told">
        <NotificationPreview />
      </Panel>
    </TabBody>
  );
}
