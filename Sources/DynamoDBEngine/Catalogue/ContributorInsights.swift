internal import DynamoDB

/// What was asked of CloudWatch Contributor Insights for a table or an index. It is kept and told; nothing is counted.
struct ContributorInsights: Equatable, Sendable {
    var isEnabled: Bool
    var mode: ContributorInsightsMode
    /// Seconds since 1970.
    var changed: Double
}

// MARK: - Stored as an item's attributes
extension ContributorInsights {
    private enum Field {
        static let isEnabled = "isEnabled"
        static let mode = "mode"
        static let changed = "changed"
    }

    init(stored value: AttributeValue) throws(StoredDataError) {
        guard case .map(let item) = value, case .bool(let isEnabled) = item[Field.isEnabled],
            case .string(let name) = item[Field.mode], let mode = ContributorInsightsMode(rawValue: name),
            case .number(let number) = item[Field.changed], let milliseconds = Int(exactly: number)
        else { throw .malformed }
        self.init(isEnabled: isEnabled, mode: mode, changed: Double(milliseconds) / 1000)
    }

    func stored() -> AttributeValue {
        .map([
            Field.isEnabled: .bool(isEnabled), Field.mode: .string(mode.rawValue),
            Field.changed: .number(DecimalNumber(Int((changed * 1000).rounded()))),
        ])
    }
}
