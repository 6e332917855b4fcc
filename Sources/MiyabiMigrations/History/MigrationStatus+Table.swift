import Foundation
import MiyabiSystem

extension MigrationStatus {
    /// The statuses as text in columns, one a line below a heading.
    public static func table(_ statuses: [MigrationStatus]) -> String {
        let rows =
            [["VERSION", "NAME", "STATE", "INSTALLED ON", "DURATION", "CHECKSUM"]]
            + statuses.map { status in
                [
                    String(status.version), status.name, status.state.rawValue, status.installedOn?.iso ?? "-",
                    status.executionTime?.short ?? "-", status.checksums,
                ]
            }
        let widths = rows.reduce([Int](repeating: 0, count: rows[0].count)) { widths, row in
            zip(widths, row).map { max($0, $1.count) }
        }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
                .joined(separator: "  ").trimmingSuffix(while: { $0 == " " })
        }.joined(separator: "\n")
    }

    /// The beginning of the checksum, and of both where they differ.
    private var checksums: String {
        let source = checksum.map { String($0.hex.prefix(12)) }
        let applied = appliedChecksum.map { String($0.hex.prefix(12)) }
        switch (source, applied) {
        case (.some(let source), .some(let applied)) where source != applied: return "\(source) (was \(applied))"
        default: return source ?? applied ?? "-"
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var result = Substring(self)
        while let last = result.last, predicate(last) { result.removeLast() }
        return String(result)
    }
}
