/// The same rules for a Prometheus that scrapes `/metrics`.
public enum PrometheusRules {
    /// A file of rules, in YAML; `promtool check rules` takes it.
    public static var text: String {
        var text = "# Made by `miyabi alarms list --format prometheus`.\ngroups:\n  - name: miyabi\n    rules:\n"
        for rule in AlarmRules.all {
            text += """
                      - alert: \(quoted(rule.name))
                        expr: \(quoted(rule.promQL))
                        for: \(Int(rule.duration))s
                        labels:
                          severity: \(rule.severity.rawValue)
                        annotations:
                          summary: \(quoted(rule.meaning))
                          description: \(quoted(rule.runbook))

                """
        }
        return text
    }

    /// In double quotes, as YAML and JSON read it alike.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
