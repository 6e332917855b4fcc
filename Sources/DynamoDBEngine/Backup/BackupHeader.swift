internal import DynamoDB

/// What a backup's file says of itself.
struct BackupHeader: Sendable {
    var description: BackupDescription
    /// The table's definition.
    let definition: CreateTableInput
    /// Whose backup it is; empty for one that all callers share.
    let namespace: String

    private enum Field {
        static let description = "description"
        static let definition = "definition"
        static let namespace = "namespace"
    }

    init(description: BackupDescription, definition: CreateTableInput, namespace: String) {
        self.description = description
        self.definition = definition
        self.namespace = namespace
    }

    init(stored: StoredItem) throws(StoredDataError) {
        let item = try stored.item()
        guard case .binary(let description) = item[Field.description],
            case .binary(let definition) = item[Field.definition]
        else { throw .malformed }
        do {
            self.description = try BackupDescription(jsonDocument: description)
            self.definition = try CreateTableInput(jsonDocument: definition)
        } catch {
            throw .malformed
        }
        if case .string(let namespace) = item[Field.namespace] { self.namespace = namespace } else { namespace = "" }
    }

    func stored() throws(DynamoDBError) -> [UInt8] {
        var item: Item = [
            Field.description: .binary(description.jsonDocument), Field.definition: .binary(definition.jsonDocument),
        ]
        if !namespace.isEmpty { item[Field.namespace] = .string(namespace) }
        return try StoredItemEncoder.encode(item).bytes
    }
}

extension BackupHeader {
    /// The header of a backup of the table as it is now, still to be made.
    ///
    /// - Parameter moment: a mark of the engine's clock, so that backups are in order of their identifiers.
    init(of table: Table, as name: String, type: BackupType, at moment: UInt64, region: String) {
        let time = Double(moment) / 1e6
        let record = table.record
        let definition = record.definition
        let arn = TableARN(table.name, region: region).text
        let details = BackupDetails(
            backupArn: "\(arn)/backup/\(BackupHeader.identifier(at: moment))", backupName: name,
            backupSizeBytes: table.tally.bytes, backupStatus: .creating, backupType: type, backupCreationDateTime: time,
            backupExpiryDateTime: type == .system ? time + 35 * 86_400 : nil)
        let source = SourceTableDetails(
            tableName: table.name, tableId: record.uuid, tableArn: arn, tableSizeBytes: table.tally.bytes,
            keySchema: definition.keySchema ?? [], tableCreationDateTime: record.creation,
            provisionedThroughput: definition.provisionedThroughput
                ?? ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0),
            onDemandThroughput: definition.onDemandThroughput, itemCount: table.tally.items,
            billingMode: definition.billingMode ?? .provisioned)
        let features = SourceTableFeatureDetails(
            localSecondaryIndexes: definition.localSecondaryIndexes,
            globalSecondaryIndexes: definition.globalSecondaryIndexes, vectorIndexes: definition.vectorIndexes,
            streamDescription: record.openStream.map {
                StreamSpecification(streamEnabled: true, streamViewType: $0.view)
            },
            timeToLiveDescription: record.timeToLiveAttribute.map {
                TimeToLiveDescription(timeToLiveStatus: .enabled, attributeName: $0)
            })
        self.init(
            description: BackupDescription(
                backupDetails: details, sourceTableDetails: source, sourceTableFeatureDetails: features),
            definition: definition, namespace: record.namespace)
    }

    /// In AWS's form: the time in milliseconds, then eight random hexadecimal digits.
    private static func identifier(at moment: UInt64) -> String {
        let digits = String(moment / 1000)
        return String(repeating: "0", count: max(0, 14 - digits.count)) + digits + "-" + randomUUID().prefix(8)
    }

    /// The identifier in a backup's ARN: what comes after the last slash.
    static func identifier(in arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? ""
    }

    /// The order of backups: that of their identifiers, which begin with the time. It holds also for the ARN of a backup
    /// that was deleted.
    static func isOlder(_ arn: String, than other: String) -> Bool {
        let (left, right) = (identifier(in: arn) + " " + key(of: arn), identifier(in: other) + " " + key(of: other))
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// The same, with what was counted while it was made.
    func finished(items: Int, bytes: Int) -> BackupHeader {
        var header = self
        header.description.backupDetails?.backupStatus = .available
        header.description.backupDetails?.backupSizeBytes = bytes
        header.description.sourceTableDetails?.itemCount = items
        header.description.sourceTableDetails?.tableSizeBytes = bytes
        return header
    }

    /// As it was when the backup was made; its region is told anew.
    var arn: String { description.backupDetails?.backupArn ?? "" }

    /// What tells the backup from others: its ARN without region and account.
    var key: String { BackupHeader.key(of: arn) }

    static func key(of arn: String) -> String { TableARN.path(in: arn).map(String.init) ?? arn }
}

extension BackupDescription {
    /// With ARNs of the region of whoever asks.
    func told(in region: String) -> BackupDescription {
        var description = self
        description.backupDetails = backupDetails.map { $0.told(in: region) }
        if let arn = sourceTableDetails?.tableArn {
            description.sourceTableDetails?.tableArn = TableARN.told(arn, in: region)
        }
        return description
    }
}

extension BackupDetails {
    func told(in region: String) -> BackupDetails {
        var details = self
        details.backupArn = TableARN.told(backupArn, in: region)
        return details
    }
}
