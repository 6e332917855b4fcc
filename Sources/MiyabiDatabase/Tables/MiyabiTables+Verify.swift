import DynamoDB

extension MiyabiTables {
    /// Checks that an existing table has the keys, key types and indexes that the stores rely on.
    ///
    /// Capacity, streams and tags may differ: an operator tunes them. More indexes than ours may exist.
    static func verify(_ found: TableDescription, against wanted: CreateTableInput) throws(TableError) {
        let types = Dictionary(
            (found.attributeDefinitions ?? []).map { ($0.attributeName, $0.attributeType) },
            uniquingKeysWith: { first, _ in first })
        let wantedTypes = Dictionary(
            wanted.attributeDefinitions.map { ($0.attributeName, $0.attributeType) },
            uniquingKeysWith: { first, _ in first })

        func check(_ subject: String, _ foundKeys: [KeySchemaElement]?, _ wantedKeys: [KeySchemaElement]?)
            throws(TableError)
        {
            let isThere = describe(foundKeys, types)
            let shouldBe = describe(wantedKeys, wantedTypes)
            guard isThere == shouldBe else {
                throw TableError(table: wanted.tableName, difference: "\(subject) is \(isThere), not \(shouldBe)")
            }
        }

        try check("its key", found.keySchema, wanted.keySchema)
        for index in wanted.globalSecondaryIndexes ?? [] {
            guard let there = found.globalSecondaryIndexes?.first(where: { $0.indexName == index.indexName }) else {
                throw TableError(table: wanted.tableName, difference: "it has no index \(index.indexName)")
            }
            try check("the key of index \(index.indexName)", there.keySchema, index.keySchema)
            guard there.projection?.projectionType == index.projection.projectionType else {
                throw TableError(
                    table: wanted.tableName,
                    difference: "index \(index.indexName) projects "
                        + "\(there.projection?.projectionType?.rawValue ?? "nothing known"), "
                        + "not \(index.projection.projectionType?.rawValue ?? "nothing")")
            }
        }
    }

    /// `(PK S, SK N)`, the partition key first.
    private static func describe(_ keys: [KeySchemaElement]?, _ types: [String: ScalarAttributeType]) -> String {
        let ordered = (keys ?? []).sorted { $0.keyType == .hash && $1.keyType == .range }
        let parts = ordered.map { "\($0.attributeName) \(types[$0.attributeName]?.rawValue ?? "of unknown type")" }
        return "(\(parts.joined(separator: ", ")))"
    }
}
