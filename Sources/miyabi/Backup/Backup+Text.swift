import Foundation
import MiyabiOperations

extension Backup {
    /// What is in it, in a line.
    var summary: String {
        "\(megabytes(bytes)), PostgreSQL \(postgresSummary), DynamoDB \(dynamoDBSummary)"
    }

    /// The version of the PostgreSQL half.
    var postgresSummary: String { postgres?.version ?? "was external" }

    /// How much there is of the DynamoDB half.
    var dynamoDBSummary: String {
        guard let tables else { return "was external" }
        return "\(tables.count) tables, \(tables.reduce(0) { $0 + $1.items }) items"
    }
}

/// "12.3 MB".
func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1_000_000) }
