import DynamoDB
import DynamoDBEngine
import Testing

/// Vector indexes as AWS answered about them in August 2026 (paritysuite/dynamodb-conformance, `tests/tier2/vectorSearch`).
@Suite struct VectorSearchTests {
    private let directory: TemporaryDirectory
    private let engine: Engine

    init() async throws {
        directory = try TemporaryDirectory()
        engine = try Engine.open(in: directory, synchronous: false)
    }

    private static func index(
        _ name: String, _ attribute: String = "embedding", dimensions: Int = 3,
        by function: VectorDistanceFunction = .cosine, projection: Projection.ProjectionType = .all,
        schema: [SearchSchemaElement]? = nil
    ) -> VectorIndex {
        VectorIndex(
            indexName: name, vectorAttribute: VectorAttributeDefinition(attributeName: attribute),
            searchSchema: schema, projection: Projection(projectionType: projection), dimensions: dimensions,
            distanceFunction: function)
    }

    private static let schema = [
        SearchSchemaElement(attributeName: "tenant", searchSchemaElementType: .hash),
        SearchSchemaElement(attributeName: "category", searchSchemaElementType: .inlineFilter),
    ]

    private func create(_ indexes: [VectorIndex]?) async throws {
        let searched = (indexes ?? []).flatMap { $0.searchSchema ?? [] }.map(\.attributeName)
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: Set(["pk"] + searched).map {
                    AttributeDefinition(attributeName: $0, attributeType: .string)
                },
                keySchema: [KeySchemaElement(attributeName: "pk", keyType: .hash)], vectorIndexes: indexes,
                billingMode: .payPerRequest))
    }

    private func vector(_ components: [Double]) -> [AttributeValue] {
        components.map { .number(DecimalNumber("\($0)") ?? 0) }
    }

    @discardableResult
    private func put(_ key: String, _ components: [Double], _ others: Item = [:]) async throws -> ConsumedCapacity? {
        let item: Item = ["pk": .string(key), "embedding": .list(vector(components))]
        return try await engine.putItem(
            PutItemInput(
                tableName: "tab", item: item.merging(others) { $1 }, returnConsumedCapacity: .indexes)
        ).consumedCapacity
    }

    private func search(
        _ index: String, _ components: [Double] = [1, 0, 0], _ condition: String? = nil, _ values: Item? = nil,
        projection: String? = nil, limit: Int = 10
    ) async throws -> [SearchResultItem] {
        let output = try await engine.searchVectors(
            SearchVectorsInput(
                tableName: "tab", indexName: index,
                expressionAttributeValues: values.map { Dictionary($0.map { ($0.key, $0.value) }) { $1 } },
                projectionExpression: projection, searchVector: vector(components),
                searchConditionExpression: condition, topK: limit))
        return output.searchResults ?? []
    }

    private func keys(_ results: [SearchResultItem]) -> [String] {
        results.compactMap { if case .string(let key) = $0.item?["pk"] { key } else { nil } }
    }

    /// Whether scores are those expected, but for what 32 bits cannot tell.
    private func isNear(_ results: [SearchResultItem], _ scores: [Double]) -> Bool {
        results.count == scores.count && zip(results, scores).allSatisfy { abs(($0.score ?? .nan) - $1) < 5e-7 }
    }

    private func described() async throws -> TableDescription {
        try #require(try await engine.describeTable(DescribeTableInput(tableName: "tab")).table)
    }

    @Test func anIndexIsDescribedAsItWasMade() async throws {
        try await create([Self.index("vix", schema: Self.schema), Self.index("wide", "other", dimensions: 4096)])
        let indexes = try await described().vectorIndexes ?? []
        #expect(indexes.map(\.dimensions) == [3, 4096])
        let index = try #require(indexes.first)
        #expect(index.searchSchema == Self.schema)
        #expect(index.distanceFunction == .cosine)
        #expect(index.projection?.projectionType == .all)
        #expect(index.vectorAttribute?.attributeName == "embedding")
        #expect(index.indexStatus == .active)
        #expect(index.backfilling == nil)
        #expect(index.itemCount == 0)
        #expect(index.indexSizeBytes == 0)
        #expect(index.indexArn?.hasSuffix("table/tab/index/vix") == true)
        #expect(try await search("wide", Array(repeating: 1, count: 4096)).isEmpty)
        await engine.close()
    }

    @Test func eachFunctionTellsHowNearVectorsAre() async throws {
        try await create([
            Self.index("cosine"), Self.index("euclidean", by: .euclidean), Self.index("dot", by: .dotProduct),
        ])
        for (key, components) in [
            ("a", [1.0, 0, 0]), ("b", [0, 1, 0]), ("c", [-1, 0, 0]), ("d", [0.6, 0.8, 0]), ("z", [0, 0, 0]),
        ] { try await put(key, components, ["label": .string("item-\(key)")]) }
        let scores = try await search("cosine")
        #expect(keys(scores) == ["a", "d", "b", "z", "c"])
        #expect(isNear(scores, [0, 0.4, 1, 1, 2]))
        #expect([0, 2, 3, 4].map { scores[$0].score } == [0, 1, 1, 2])
        #expect(scores.first?.item == ["pk": .string("a"), "label": .string("item-a")])
        #expect(isNear(try await search("euclidean"), [0, 0.8.squareRoot(), 1, 2.0.squareRoot(), 2]))
        #expect(isNear(try await search("dot"), [1, 0.6, 0, 0, -1]))
        #expect(keys(try await search("cosine", limit: 2)) == ["a", "d"])
        #expect(keys(try await search("cosine", [5, 0, 0], limit: 1)) == ["a"])
        await engine.close()
    }

    @Test func scoresOfExtremesAreNumbers() async throws {
        try await create([
            Self.index("cosine", dimensions: 2), Self.index("euclidean", dimensions: 2, by: .euclidean),
            Self.index("dot", dimensions: 2, by: .dotProduct),
        ])
        try await put("large", [3.4e38, -3.4e38])
        #expect(try await search("dot", [3.4e38, 3.4e38]).map(\.score) == [0])
        #expect(
            try await search("euclidean", [-3.4e38, 3.4e38]).map(\.score)
                == [Double(Float.greatestFiniteMagnitude)])
        try await put("large", [1e-23, 0])
        #expect(try await search("cosine", [1e-23, 0]).map(\.score) == [0])
        await engine.close()
    }

    @Test func theIndexKeeps32BitsOfEachNumber() async throws {
        try await create([
            Self.index("vix"), Self.index("keys", projection: .keysOnly),
        ])
        let precise = ["0.1", "16777217", "1.000000059604644775390625"].map {
            AttributeValue.number(DecimalNumber($0) ?? 0)
        }
        let item: Item = ["pk": .string("a"), "embedding": .list(precise)]
        _ = try await engine.putItem(PutItemInput(tableName: "tab", item: item))
        #expect(
            try await engine.getItem(GetItemInput(tableName: "tab", key: ["pk": .string("a")])).item == item)
        let found = try await search("vix", projection: "pk, embedding").first?.item
        #expect(
            found?["embedding"]
                == .list(["0.1", "16777216", "1"].map { .number(DecimalNumber($0) ?? 0) }))
        #expect(try await search("keys", projection: "pk, embedding").first?.item == ["pk": .string("a")])
        #expect(
            try await search("vix", projection: "embedding[1]").first?.item
                == ["embedding": .list([.number(16_777_216)])])
        await engine.close()
    }

    @Test func aSearchAsksForAPartitionAndFilters() async throws {
        try await create([Self.index("plain"), Self.index("schema", schema: Self.schema)])
        let t1 = AttributeValue.string("t1")
        try await put("a", [1, 0, 0], ["tenant": t1, "category": .string("c1")])
        try await put("b", [0, 1, 0], ["tenant": t1, "category": .string("c2")])
        try await put("c", [0, 0, 1], ["tenant": .string("t2"), "category": .string("c1")])
        try await put("none", [1, 0, 0], ["category": .string("c1")])
        #expect(Set(keys(try await search("plain"))) == ["a", "b", "c", "none"])
        #expect(keys(try await search("schema", [1, 0, 0], "tenant = :t", [":t": t1])) == ["a", "b"])
        #expect(
            keys(
                try await search(
                    "schema", [1, 0, 0], "(tenant = :t AND category = :c)", [":t": t1, ":c": .string("c2")])) == ["b"])
        _ = try await engine.updateItem(
            UpdateItemInput(tableName: "tab", key: ["pk": .string("b")], updateExpression: "REMOVE embedding"))
        #expect(keys(try await search("schema", [1, 0, 0], "tenant = :t", [":t": t1])) == ["a"])
        #expect(try await described().vectorIndexes?.map(\.itemCount) == [3, 2])
        await engine.close()
    }

    @Test func anIndexIsAddedToItemsAndDeleted() async throws {
        try await create(nil)
        for number in 0..<5 { try await put("\(number)", [Double(number), 1, 0]) }
        try await put("other", [1, 1], ["label": .null])
        let update = { (index: VectorIndex) in
            UpdateTableInput(tableName: "tab", vectorIndexUpdates: [VectorIndexUpdate(create: index)])
        }
        let started = try await engine.updateTable(update(Self.index("vix"))).tableDescription
        #expect(started.tableStatus == .updating)
        #expect(started.vectorIndexes?.first?.indexStatus == .creating)
        #expect(started.vectorIndexes?.first?.backfilling == false)
        while try await described().vectorIndexes?.first?.indexStatus != .active { await Task.yield() }
        #expect(Set(keys(try await search("vix"))) == ["0", "1", "2", "3", "4"])

        await expect(
            .limitExceededException,
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
        ) {
            try await engine.updateTable(
                UpdateTableInput(
                    tableName: "tab",
                    vectorIndexUpdates: ["a", "b"].map { VectorIndexUpdate(create: Self.index("vix-\($0)")) }))
        }
        await expect(.validationException, "Attempting to create an index which already exists") {
            try await engine.updateTable(update(Self.index("vix")))
        }
        let ended = try await engine.updateTable(
            UpdateTableInput(
                tableName: "tab",
                vectorIndexUpdates: [VectorIndexUpdate(delete: DeleteVectorIndexAction(indexName: "vix"))])
        ).tableDescription
        #expect(ended.vectorIndexes?.first?.indexStatus == .deleting)
        #expect(try await described().vectorIndexes == nil)
        await expect(.validationException, "The table does not have the specified index: vix") {
            try await search("vix")
        }
        await engine.close()
    }

    @Test func aWriteIsChargedTheBytesOfWhatTheIndexHolds() async throws {
        try await create([
            Self.index("vix"), Self.index("keys", projection: .keysOnly),
            Self.index("wide", "sixdimvec", dimensions: 6),
        ])
        func bytes(_ capacity: ConsumedCapacity?) -> [String: Double?] {
            (capacity?.vectorIndexes ?? [:]).mapValues(\.vectorWriteRequestBytes)
        }
        let blob: Item = ["blob": .string(String(repeating: "x", count: 1500))]
        let small = try await put("f0", [0, 1, 0])
        #expect(small?.capacityUnits == 1)
        #expect(small?.table == Capacity(capacityUnits: 1))
        #expect(bytes(small) == ["vix": 1024, "keys": 1024])
        // "pk" "3a", "embedding" and three numbers, "blob" and its text.
        #expect(bytes(try await put("3a", [1, 0, 0], blob)) == ["vix": 4 + 21 + 1504, "keys": 1024])
        let six = try await engine.putItem(
            PutItemInput(
                tableName: "tab",
                item: blob.merging(["pk": .string("6b"), "sixdimvec": .list(vector([1, 0, 0, 0, 1, 0]))]) { $1 },
                returnConsumedCapacity: .indexes))
        #expect(bytes(six.consumedCapacity) == ["wide": 4 + 33 + 1504])
        // Nothing changes; what one index alone holds changes; there is no vector.
        #expect(bytes(try await put("3a", [1, 0, 0], blob)).isEmpty)
        #expect(Set(bytes(try await put("3a", [1, 0, 0], ["note": .null])).keys) == ["vix"])
        let plain = try await engine.putItem(
            PutItemInput(tableName: "tab", item: ["pk": .string("p")], returnConsumedCapacity: .indexes))
        #expect(plain.consumedCapacity?.vectorIndexes == nil)
        let total = try await engine.putItem(
            PutItemInput(
                tableName: "tab", item: ["pk": .string("t"), "embedding": .list(vector([0, 0, 1]))],
                returnConsumedCapacity: .total))
        #expect(total.consumedCapacity == ConsumedCapacity(tableName: "tab", capacityUnits: 1))

        for (detail, isTold) in [(ReturnConsumedCapacity.total, true), (.indexes, true), (.none, false)] {
            let output = try await engine.searchVectors(
                SearchVectorsInput(
                    tableName: "tab", indexName: "vix", returnConsumedCapacity: detail,
                    searchVector: vector([1, 0, 0]), topK: 1))
            #expect((output.consumedCapacity?.vectorSearchRequestBytes ?? 0 >= 1024) == isTold)
        }
        await engine.close()
    }

    @Test func nothingElseReadsTheIndex() async throws {
        try await create([Self.index("vix")])
        try await put("a", [1, 0, 0])
        await expect(.validationException, "Scan operation not supported on this index type") {
            try await engine.executeStatement(ExecuteStatementInput(statement: #"SELECT * FROM "tab"."vix""#))
        }
        await expect(.validationException, "Scan operation not supported on this index type") {
            try await engine.scan(ScanInput(tableName: "tab", indexName: "vix"))
        }
        await expect(.validationException, "Query operation not supported on this index type") {
            try await engine.query(
                QueryInput(
                    tableName: "tab", indexName: "vix", keyConditionExpression: "pk = :k",
                    expressionAttributeValues: [":k": .string("a")]))
        }
        let rows = try await engine.executeStatement(
            ExecuteStatementInput(statement: "SELECT * FROM tab WHERE pk = 'a'"))
        #expect(rows.items?.first?["embedding"] == .list(vector([1, 0, 0])))
        await engine.close()
    }

    @Test func aRestoredTableHasItsIndexes() async throws {
        try await create([Self.index("vix", schema: Self.schema)])
        try await put("a", [1, 0, 0], ["tenant": .string("t")])
        let backup = try await engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "backup"))
        let arn = try #require(backup.backupDetails?.backupArn)
        while try await engine.describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription?.backupDetails?
            .backupStatus != .available
        { await Task.yield() }
        _ = try await engine.deleteTable(DeleteTableInput(tableName: "tab"))
        _ = try await engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: "tab", backupArn: arn))
        while try await described().tableStatus != .active { await Task.yield() }
        #expect(keys(try await search("vix", [1, 0, 0], "tenant = :t", [":t": .string("t")])) == ["a"])
        await engine.close()
    }
}
