import DynamoDB

/// When a table's settings were changed, for its description. Times are seconds since 1970.
struct TableHistory: Equatable, Sendable {
    /// When capacity was raised and lowered.
    struct Capacity: Equatable, Sendable {
        var increase: Double?
        var decrease: Double?
        /// How often capacity was lowered on the UTC day of `decrease`.
        var decreases = 0
    }

    /// Of the table itself.
    var capacity = Capacity()
    /// Of each global secondary index.
    var indexCapacity: [String: Capacity] = [:]
    /// When the table went on demand, if not at its creation.
    var onDemand: Double?
    /// When the storage class was changed.
    var tableClass: Double?
}

extension TableHistory.Capacity {
    /// Notes a change of provisioned capacity; from on-demand capacity is no change.
    mutating func note(from old: ProvisionedThroughput?, to new: ProvisionedThroughput?, at time: Double) {
        guard let old, let new else { return }
        if new.readCapacityUnits > old.readCapacityUnits || new.writeCapacityUnits > old.writeCapacityUnits {
            increase = time
        }
        if new.readCapacityUnits < old.readCapacityUnits || new.writeCapacityUnits < old.writeCapacityUnits {
            decreases = decreases(today: time) + 1
            decrease = time
        }
    }

    /// How often capacity was lowered on the UTC day of `time`.
    func decreases(today time: Double) -> Int {
        let day = { (time: Double) in (time / 86_400).rounded(.down) }
        guard let decrease, day(decrease) == day(time) else { return 0 }
        return decreases
    }
}

// MARK: - Stored as an item's attributes
extension TableHistory {
    private enum Field {
        static let capacity = "capacity"
        static let indexCapacity = "indexCapacity"
        static let onDemand = "onDemand"
        static let tableClass = "tableClass"
    }

    init(stored item: Item) {
        if case .map(let map) = item[Field.capacity] { capacity = Capacity(stored: map) }
        if case .map(let indexes) = item[Field.indexCapacity] {
            for case (let name, .map(let map)) in indexes { indexCapacity[name] = Capacity(stored: map) }
        }
        onDemand = item[Field.onDemand]?.storedTime
        tableClass = item[Field.tableClass]?.storedTime
    }

    func stored() -> Item {
        var item: Item = [
            Field.capacity: .map(capacity.stored()),
            Field.indexCapacity: .map(Item(indexCapacity.mapValues { .map($0.stored()) })),
        ]
        item[Field.onDemand] = onDemand.map(AttributeValue.init(storedTime:))
        item[Field.tableClass] = tableClass.map(AttributeValue.init(storedTime:))
        return item
    }
}

extension TableHistory.Capacity {
    private enum Field {
        static let increase = "increase"
        static let decrease = "decrease"
        static let decreases = "decreases"
    }

    fileprivate init(stored item: Item) {
        increase = item[Field.increase]?.storedTime
        decrease = item[Field.decrease]?.storedTime
        if case .number(let number) = item[Field.decreases] { decreases = Int(exactly: number) ?? 0 }
    }

    fileprivate func stored() -> Item {
        var item: Item = [Field.decreases: .number(DecimalNumber(decreases))]
        item[Field.increase] = increase.map(AttributeValue.init(storedTime:))
        item[Field.decrease] = decrease.map(AttributeValue.init(storedTime:))
        return item
    }
}

extension AttributeValue {
    /// A time in seconds since 1970, kept to the millisecond.
    fileprivate init(storedTime seconds: Double) {
        self = .number(DecimalNumber(Int((seconds * 1000).rounded())))
    }

    fileprivate var storedTime: Double? {
        guard case .number(let number) = self, let milliseconds = Int(exactly: number) else { return nil }
        return Double(milliseconds) / 1000
    }
}

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
