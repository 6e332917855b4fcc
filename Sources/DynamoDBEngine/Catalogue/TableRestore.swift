internal import DynamoDB

/// Where a restored table comes from, as its record keeps it.
struct TableRestore: Equatable, Sendable {
    /// The moment restored, in microseconds since 1970: the number of the last commit that is in.
    let moment: UInt64
    let sourceTableARN: String
    /// The table itself, which another may have replaced under its name; nil for a restore from a backup.
    let sourceTableID: UInt32?
    let sourceBackupARN: String?

    func summary(inProgress: Bool, region: String) -> RestoreSummary {
        RestoreSummary(
            restoreDateTime: Double(moment) / 1e6, restoreInProgress: inProgress,
            sourceBackupArn: sourceBackupARN.map { TableARN.told($0, in: region) },
            sourceTableArn: TableARN.told(sourceTableARN, in: region))
    }
}

// MARK: - Stored as an item's attributes
extension TableRestore {
    private enum Field {
        static let moment = "moment"
        static let sourceTableARN = "sourceTableARN"
        static let sourceTableID = "sourceTableID"
        static let sourceBackupARN = "sourceBackupARN"
    }

    init(stored item: Item) throws(StoredDataError) {
        guard case .number(let number) = item[Field.moment], let moment = UInt64(exactly: number),
            case .string(let table) = item[Field.sourceTableARN]
        else { throw .malformed }
        self.moment = moment
        sourceTableARN = table
        if case .number(let id) = item[Field.sourceTableID] {
            sourceTableID = UInt32(exactly: id)
        } else {
            sourceTableID = nil
        }
        if case .string(let arn) = item[Field.sourceBackupARN] { sourceBackupARN = arn } else { sourceBackupARN = nil }
    }

    func stored() -> Item {
        var item: Item = [
            Field.moment: .number(DecimalNumber(moment)), Field.sourceTableARN: .string(sourceTableARN),
        ]
        item[Field.sourceTableID] = sourceTableID.map { .number(DecimalNumber($0)) }
        item[Field.sourceBackupARN] = sourceBackupARN.map { .string($0) }
        return item
    }
}
