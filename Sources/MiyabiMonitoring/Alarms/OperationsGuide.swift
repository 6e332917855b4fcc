/// The lists of docs/operations.md, made of the rules and the catalogue; a test keeps the page in step.
public enum OperationsGuide {
    /// One section for each alarm.
    public static var alarms: String {
        AlarmRules.all.map { rule in
            let lasts = rule.duration > 0 ? " for \(AlarmRule.plain(rule.duration)) s" : ""
            return """
                ### \(rule.name)

                \(rule.meaning) (\(rule.severity.rawValue))

                - When: `\(rule.promQL)`\(lasts)
                - What to do: \(rule.runbook)
                """
        }.joined(separator: "\n\n")
    }

    /// A table of all metrics.
    public static var metrics: String {
        (["| metric | kind | meaning |", "|---|---|---|"]
            + MetricCatalogue.all.map { "| `\($0.name)` | \($0.kind.rawValue) | \($0.help) |" }).joined(separator: "\n")
    }
}
