import Foundation

/// A dashboard for Grafana with a panel for each metric, and the thresholds of the alarms in it.
public enum GrafanaDashboard {
    private struct Dashboard: Encodable {
        var title = "Miyabi"
        var uid = "miyabi"
        var schemaVersion = 36
        var refresh = "30s"
        var time = ["from": "now-6h", "to": "now"]
        var templating = ["list": [Variable()]]
        var panels: [Panel]
    }

    private struct Variable: Encodable {
        var name = "datasource"
        var type = "datasource"
        var query = "prometheus"
    }

    private struct Panel: Encodable {
        var id: Int
        var title: String
        var description: String
        var type = "timeseries"
        var datasource = ["type": "prometheus", "uid": "${datasource}"]
        var gridPos: [String: Int]
        var targets: [Target]
        var fieldConfig: FieldConfig
    }

    private struct Target: Encodable {
        var refId: String
        var expr: String
        var legendFormat: String
    }

    private struct FieldConfig: Encodable {
        struct Defaults: Encodable { var unit: String }
        var defaults: Defaults
    }

    /// The dashboard as Grafana imports it.
    public static func json() throws -> String {
        let panels = MetricCatalogue.all.enumerated().map { number, metric in
            let alarms = AlarmRules.all.filter { $0.expression.metrics.contains(metric.name) }
            let text = ([metric.help] + alarms.map { "Alarm \($0.name): \($0.promQL)" }).joined(separator: "\n")
            return Panel(
                id: number + 1, title: String(metric.name.dropFirst("miyabi_".count)), description: text,
                gridPos: ["h": 8, "w": 8, "x": number % 3 * 8, "y": number / 3 * 8], targets: targets(of: metric),
                fieldConfig: FieldConfig(defaults: .init(unit: unit(of: metric))))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Dashboard(panels: panels)), as: UTF8.self)
    }

    private static func targets(of metric: Metric) -> [Target] {
        switch metric.kind {
        case .gauge: [Target(refId: "A", expr: metric.name, legendFormat: "")]
        case .counter: [Target(refId: "A", expr: "rate(\(metric.name)[5m])", legendFormat: "")]
        case .histogram:
            [("A", "0.5"), ("B", "0.99")].map { name, quantile in
                Target(
                    refId: name,
                    expr: "histogram_quantile(\(quantile), sum by (le, operation) (rate(\(metric.name)_bucket[5m])))",
                    legendFormat: "p\(quantile.dropFirst(2)) {{operation}}")
            }
        }
    }

    private static func unit(of metric: Metric) -> String {
        if metric.name.contains("_bytes") { return metric.kind == .counter ? "Bps" : "bytes" }
        if metric.name.hasSuffix("_timestamp_seconds") { return "dateTimeAsIso" }
        if metric.kind == .counter { return "cps" }
        return metric.name.hasSuffix("_seconds") ? "s" : "short"
    }
}
