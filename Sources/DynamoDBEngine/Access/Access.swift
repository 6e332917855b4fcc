package import DynamoDB

/// Something that a request does to a resource, in the terms of IAM: an action, a resource, and what conditions may compare.
///
/// AWS says in its Service Authorization Reference which action each operation needs on which resource, and which keys of
/// conditions each action has.
package struct Access: Sendable, Hashable {
    /// Names or values that conditions compare.
    package enum Values: Sendable, Hashable {
        case listed([String])
        /// Any that there can be: a read without a projection returns every attribute.
        case all
    }

    /// The name of the action, such as `PutItem`.
    package let action: String
    /// What the resource's ARN ends in, such as `table/NAME/index/INDEX`.
    package let resource: String
    /// The values of the partition key of the items. Nil where the action has none, as Scan.
    package var leadingKeys: Values?
    /// The names of the attributes that are read, written or compared, without what stands below them in documents.
    package var attributes: Values?
    /// `ALL_ATTRIBUTES`, `SPECIFIC_ATTRIBUTES` and so on, of every read.
    package var select: String?
    package var returnValues: String?
    package var returnConsumedCapacity: String?
    /// The transaction that the action is a part of.
    package var enclosingOperation: String?
    /// Whether a SELECT of PartiQL reads a whole table or index.
    package var isFullTableScan: Bool?

    /// The table whose resource-based policy counts, too: that of the resource, where it is a table or an index.
    package var table: Substring? {
        let parts = resource.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0] == "table", parts.count == 2 || parts[2] == "index" else { return nil }
        return parts[1]
    }

    package init(_ action: String, on resource: String) {
        self.action = action
        self.resource = resource
    }

    /// An action on a table, or on one of its indexes.
    init(_ action: String, table reference: String, index: String? = nil) {
        self.init(action, on: "table/\(TableARN.name(of: reference))" + (index.map { "/index/\($0)" } ?? ""))
    }
}

/// What of an access somebody wants to know: finding it out takes time.
package struct AccessDetail: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let leadingKeys = AccessDetail(rawValue: 1)
    package static let attributes = AccessDetail(rawValue: 2)
}

/// A request that tells what it does.
package protocol AccessTelling {
    /// All that the request does, each for itself: whoever asks needs the right to each.
    func accesses(_ tables: AccessedTables) -> [Access]
}

/// The tables that requests are about, and what is wanted of accesses.
package struct AccessedTables {
    private let core: EngineCore
    let region: String
    let detail: AccessDetail

    init(_ core: EngineCore, region: String, detail: AccessDetail) {
        self.core = core
        self.region = region
        self.detail = detail
    }

    func table(_ reference: String) -> Table? { core.catalogue.table(named: reference) }

    /// What the ARN of a stream ends in. A stream has one, whatever form of its label the request has.
    func stream(_ arn: String) -> String {
        guard let stream = try? core.stream(withARN: arn, region: region) else { return Self.path(arn) }
        return Self.path(stream.arn)
    }

    /// What an ARN ends in; the text itself if it is none, which no policy can mean.
    static func path(_ arn: String) -> String { TableARN.path(in: arn).map(String.init) ?? arn }
}

extension Engine {
    /// What a request does, for whoever decides whether it may.
    ///
    /// - Throws: `InternalServerError` if the engine is closed.
    package func accesses(
        of request: some AccessTelling, detail: AccessDetail
    ) throws(DynamoDBError) -> [Access] {
        request.accesses(AccessedTables(try core(), region: view.region, detail: detail))
    }

    /// Whether a table has, or had, a resource-based policy since the engine was opened.
    package var hasResourcePolicies: Bool {
        get throws(DynamoDBError) { try core().catalogue.store.hasPolicies }
    }

    /// A table's resource-based policy, with a number that tells the table from others; nil where there is none.
    package func resourcePolicy(ofTable name: Substring) throws(DynamoDBError) -> (table: UInt32, text: String)? {
        guard let table = try core().catalogue.table(named: String(name)),
            let text = table.record.definition.resourcePolicy
        else { return nil }
        return (table.id, text)
    }
}
