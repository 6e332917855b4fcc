import Foundation
import MiyabiOperations

extension Backup {
    /// What is in it, in a line.
    var summary: String {
        var parts = [megabytes(bytes)]
        parts.append(postgres.map { "PostgreSQL \($0.version)" } ?? "PostgreSQL was external")
        if let tables {
            let items = tables.reduce(0) { $0 + $1.items }
            parts.append("\(tables.count) DynamoDB tables with \(items) items")
        } else {
            parts.append("DynamoDB was external")
        }
        return parts.joined(separator: ", ")
    }
}

/// "12.3 MB".
func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1_000_000) }
