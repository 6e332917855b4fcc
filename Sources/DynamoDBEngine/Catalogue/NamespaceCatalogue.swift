internal import DynamoDB

/// The tables of one namespace.
///
/// A name or ARN leads to the namespace's own table only, whatever region the ARN says.
struct NamespaceCatalogue: Sendable {
    /// The tables of all namespaces.
    let store: Catalogue
    /// Empty for the one that all share.
    let namespace: String

    init(_ store: Catalogue, namespace: String) {
        self.store = store
        self.namespace = namespace
    }

    /// The full name of the table that is meant; nil for what is no name.
    private func fullName(_ reference: String) -> String? {
        let name = TableARN.name(of: reference)
        // What has a slash could be a full name of another namespace.
        return name.utf8.contains(UInt8(ascii: "/")) ? nil : TableRecord.fullName(name, in: namespace)
    }

    /// The table of that name or ARN, if it exists.
    func table(named reference: String) -> Table? {
        guard namespace.isEmpty else { return fullName(reference).flatMap { store.table(named: $0) } }
        guard let table = store.table(named: reference), table.record.namespace.isEmpty else { return nil }
        return table
    }

    /// All tables, in the order of their names.
    var tables: [Table] { store.tables.filter { $0.record.namespace == namespace } }

    /// As ``Catalogue/add(_:in:record:)``.
    func add(
        _ name: String, record: @escaping @Sendable (_ newID: () -> UInt32) throws -> TableRecord
    ) async throws -> Table? {
        try await store.add(name, in: namespace, record: record)
    }

    /// As ``Catalogue/change(_:_:)``.
    func change(
        _ reference: String, _ change: @escaping @Sendable (inout TableRecord) throws(DynamoDBError) -> Void
    ) async throws -> Table? {
        guard let name = fullName(reference) else { return nil }
        return try await store.change(name, change)
    }

    /// As ``Catalogue/change(_:_:)``. Blocks its thread.
    func change(_ reference: String, _ change: (inout TableRecord) throws(DynamoDBError) -> Void) throws -> Table? {
        try fullName(reference).flatMap { try store.change($0, change) }
    }

    /// As ``Catalogue/remove(_:if:)``.
    func remove(
        _ reference: String, if allowed: @escaping @Sendable (Table) throws(DynamoDBError) -> Void
    ) async throws -> Table? {
        guard let name = fullName(reference) else { return nil }
        return try await store.remove(name, if: allowed)
    }
}
