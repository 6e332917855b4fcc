import MiyabiSystem

/// What is watched, and who is told.
public struct MonitorSettings: Sendable {
    /// `MIYABI_MONITOR`: whether `miyabi up` watches both halves; true.
    public var isEnabled: Bool
    /// `MIYABI_MONITOR_PORT`: the port of `/metrics` on 127.0.0.1; that of the last run, or any free one.
    public var port: Int?
    /// `MIYABI_MONITOR_PACE`: how many times faster samples are taken and alarms decided, 1 to 60; 1. For tests.
    public var pace: Int
    /// `MIYABI_ALARM_COMMAND`: what the shell runs when an alarm begins or ends.
    public var alarmCommand: String?
    /// `MIYABI_ALARM_WEBHOOK`: the URL that it is posted to.
    public var alarmWebhook: String?
    /// `MIYABI_ALARM_WEBHOOK_SECRET`: what these posts are signed with.
    public var alarmWebhookSecret: String?

    init(_ reader: VariableReader) throws(OperationsError) {
        isEnabled = try reader.boolean(.monitor, default: true)
        port = try reader.integer(.monitorPort, in: 0...65_535)
        pace = try reader.integer(.monitorPace, in: 1...60) ?? 1
        alarmCommand = reader.string(.alarmCommand)
        alarmWebhook = reader.string(.alarmWebhook)
        if let alarmWebhook, !DynamoDBSettings.isURL(alarmWebhook) {
            throw reader.invalid(.alarmWebhook, allowed: "a URL such as https://example.org/alarms")
        }
        alarmWebhookSecret = reader.string(.alarmWebhookSecret)
    }
}
