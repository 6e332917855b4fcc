import MiyabiHome

extension StatusReport: CustomStringConvertible {
    /// The report for a person.
    public var description: String {
        var lines = ["home        \(home)", "supervisor  \(supervisor)"]
        lines += Self.half(
            "PostgreSQL", postgres.state, postgres.version, postgres.address, postgres.pid, postgres.problem)
        for (name, counts) in [("migrations", postgres.migrations), ("own migrations", postgres.ownMigrations)] {
            guard let counts, !counts.isEmpty else { continue }
            let states = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            lines.append("            \(name): " + states.joined(separator: ", "))
        }
        lines += Self.half(
            "DynamoDB", dynamoDB.state, dynamoDB.version, dynamoDB.address, dynamoDB.pid, dynamoDB.problem)
        for (table, state) in (dynamoDB.tables ?? [:]).sorted(by: { $0.key < $1.key }) {
            lines.append("            \(table): \(state)")
        }
        return lines.joined(separator: "\n")
    }

    private var supervisor: String {
        guard let phase, let pid else { return "not running" }
        return "\(phase.rawValue), process \(pid)" + (uptimeSeconds.map { ", up \(Self.duration($0))" } ?? "")
    }

    private static func half(
        _ name: String, _ state: HalfState, _ version: String?, _ address: String?, _ pid: Int32?, _ problem: String?
    ) -> [String] {
        let facts = [state.rawValue, version.map { "version \($0)" }, address, pid.map { "process \($0)" }].compactMap {
            $0
        }
        let padded = name + String(repeating: " ", count: 12 - name.count)
        let problems = (problem ?? "").split(separator: "\n").map { "            \($0)" }
        return [padded + facts.joined(separator: ", ")] + problems
    }

    /// The two greatest units, such as "2 h 5 min".
    static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }
}
