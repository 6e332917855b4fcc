import DynamoDB
import DynamoDBEngine
import Foundation
import Testing

@testable import DynamoDBService

/// What requests are found to do.
@Suite struct AccessTests {
    private static let table = #"""
        {"TableName":"Tbl","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
        {"AttributeName":"g","AttributeType":"B"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
        "BillingMode":"PAY_PER_REQUEST","GlobalSecondaryIndexes":[{"IndexName":"Gsi","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
        "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["n"]}}]}
        """#

    private func withEngine(_ body: (Engine) async throws -> Void) async throws {
        try await TestServer.run { server in
            _ = try await server.engine.createTable(CreateTableInput(jsonDocument: Array(Self.table.utf8)))
            try await body(server.engine)
        }
    }

    private func accesses<Input: JSONObject & AccessTelling>(
        _ engine: Engine, _: Input.Type, _ json: String
    ) throws -> [Access] {
        try engine.accesses(of: try Input(jsonDocument: Array(json.utf8)), detail: [.leadingKeys, .attributes])
    }

    private func sorted(_ values: Access.Values?) -> [String]? {
        guard case .listed(let names)? = values else { return values == .all ? ["ALL"] : nil }
        return Set(names).sorted()
    }

    private let key = #""TableName":"arn:aws:dynamodb:x:1:table/Tbl","Key":{"pk":{"S":"ann"},"sk":{"N":"1"}}"#

    @Test func readsOfItems() async throws {
        try await withEngine { engine in
            let whole = try #require(try accesses(engine, GetItemInput.self, "{\(key)}").first)
            #expect(whole.action == "GetItem" && whole.resource == "table/Tbl" && whole.select == "ALL_ATTRIBUTES")
            #expect(sorted(whole.leadingKeys) == ["ann"] && whole.attributes == .all)
            let part = try #require(
                try accesses(
                    engine, GetItemInput.self,
                    ##"{\##(key),"ProjectionExpression":"a.b, #c[0]","ExpressionAttributeNames":{"#c":"name"}}"##
                ).first)
            #expect(part.select == "SPECIFIC_ATTRIBUTES" && sorted(part.attributes) == ["a", "name", "pk", "sk"])
            let legacy = try #require(
                try accesses(engine, GetItemInput.self, #"{\#(key),"AttributesToGet":["q"]}"#).first)
            #expect(sorted(legacy.attributes) == ["pk", "q", "sk"])
            // What cannot be read may be anything.
            let broken = try #require(
                try accesses(engine, GetItemInput.self, #"{\#(key),"ProjectionExpression":"a b"}"#).first)
            #expect(broken.attributes == .all)
            let absent = try #require(
                try accesses(engine, GetItemInput.self, #"{"TableName":"Absent","Key":{"pk":{"S":"ann"}}}"#).first)
            #expect(absent.leadingKeys == .all)
        }
    }

    @Test func writesOfItems() async throws {
        try await withEngine { engine in
            let update = try #require(
                try accesses(
                    engine, UpdateItemInput.self,
                    #"{\#(key),"UpdateExpression":"SET a = if_not_exists(b, :v) REMOVE c.d","ConditionExpression":"attribute_exists(e)","ExpressionAttributeValues":{":v":{"S":""}},"ReturnValues":"UPDATED_NEW"}"#
                ).first)
            #expect(update.action == "UpdateItem" && update.returnValues == "UPDATED_NEW")
            #expect(sorted(update.attributes) == ["a", "b", "c", "e", "pk", "sk"])
            let peek = try #require(
                try accesses(
                    engine, DeleteItemInput.self,
                    #"{\#(key),"ConditionExpression":"a = a","ReturnValuesOnConditionCheckFailure":"ALL_OLD"}"#
                ).first)
            #expect(peek.attributes == .all && peek.returnValues == "NONE")
            let put = try #require(
                try accesses(
                    engine, PutItemInput.self,
                    #"{"TableName":"Tbl","Item":{"pk":{"S":"bob"},"sk":{"N":"2"},"x":{"S":"y"}},"Expected":{"old":{"Exists":false}}}"#
                ).first)
            #expect(sorted(put.leadingKeys) == ["bob"] && sorted(put.attributes) == ["old", "pk", "sk", "x"])
        }
    }

    @Test func eachOfSeveral() async throws {
        try await withEngine { engine in
            let batch = try accesses(
                engine, BatchWriteItemInput.self,
                #"{"RequestItems":{"Tbl":[{"PutRequest":{"Item":{"pk":{"S":"a"},"sk":{"N":"1"}}}},{"DeleteRequest":{"Key":{"pk":{"S":"b"},"sk":{"N":"1"}}}}],"Two":[{"PutRequest":{"Item":{"pk":{"S":"a"}}}}]}}"#
            ).sorted { $0.resource < $1.resource }
            #expect(
                batch.map(\.resource) == ["table/Tbl", "table/Two"]
                    && batch.allSatisfy { $0.action == "BatchWriteItem" })
            #expect(sorted(batch[0].leadingKeys) == ["a", "b"])
            let transaction = try accesses(
                engine, TransactWriteItemsInput.self,
                #"{"TransactItems":[{"Put":{"TableName":"Tbl","Item":{"pk":{"S":"a"},"sk":{"N":"1"}}}},{"ConditionCheck":{\#(key),"ConditionExpression":"attribute_exists(z)"}},{"Delete":{\#(key)}},{"Update":{\#(key),"UpdateExpression":"REMOVE r"}}]}"#
            )
            #expect(transaction.map(\.action) == ["PutItem", "ConditionCheckItem", "DeleteItem", "UpdateItem"])
            #expect(
                transaction.allSatisfy { $0.enclosingOperation == "TransactWriteItems" && $0.resource == "table/Tbl" })
            #expect(
                sorted(transaction[1].attributes) == ["pk", "sk", "z"]
                    && sorted(transaction[3].attributes) == ["pk", "r", "sk"])
            let reads = try accesses(engine, TransactGetItemsInput.self, #"{"TransactItems":[{"Get":{\#(key)}}]}"#)
            #expect(reads.map(\.action) == ["GetItem"] && reads[0].enclosingOperation == "TransactGetItems")
        }
    }

    @Test func queriesAndScans() async throws {
        try await withEngine { engine in
            let query = try #require(
                try accesses(
                    engine, QueryInput.self,
                    ##"{"TableName":"Tbl","KeyConditionExpression":"sk > :n AND #p = :p","FilterExpression":"size(f) > :n","ExpressionAttributeNames":{"#p":"pk"},"ExpressionAttributeValues":{":p":{"S":"ann"},":n":{"N":"1"}},"Select":"COUNT"}"##
                ).first)
            #expect(query.resource == "table/Tbl" && sorted(query.leadingKeys) == ["ann"] && query.select == "COUNT")
            #expect(sorted(query.attributes) == ["f", "pk", "sk"])
            let index = try #require(
                try accesses(
                    engine, QueryInput.self,
                    #"{"TableName":"Tbl","IndexName":"Gsi","KeyConditions":{"g":{"ComparisonOperator":"EQ","AttributeValueList":[{"B":"AQI="}]}}}"#
                ).first)
            #expect(index.resource == "table/Tbl/index/Gsi" && sorted(index.leadingKeys) == ["AQI="])
            #expect(index.select == "ALL_PROJECTED_ATTRIBUTES" && sorted(index.attributes) == ["g", "n", "pk", "sk"])
            let scan = try #require(
                try accesses(
                    engine, ScanInput.self,
                    #"{"TableName":"Tbl","ScanFilter":{"s":{"ComparisonOperator":"NOT_NULL"}},"AttributesToGet":["a"]}"#
                ).first)
            #expect(scan.leadingKeys == nil && sorted(scan.attributes) == ["a", "s"])
        }
    }

    @Test func statements() async throws {
        try await withEngine { engine in
            func statement(_ text: String) throws -> Access? {
                try accesses(engine, ExecuteStatementInput.self, #"{"Statement":"\#(text)"}"#).first
            }
            let select = try #require(try statement("SELECT a FROM Tbl WHERE pk IN ('ann','bob') AND x = 1"))
            #expect(select.action == "PartiQLSelect" && sorted(select.leadingKeys) == ["ann", "bob"])
            #expect(select.isFullTableScan == false && sorted(select.attributes) == ["a", "pk", "x"])
            let scan = try #require(try statement("SELECT * FROM Tbl WHERE pk = 'ann' OR x = 1"))
            #expect(scan.isFullTableScan == true && scan.leadingKeys == .all && scan.attributes == .all)
            let index = try #require(try statement("SELECT * FROM \\\"Tbl\\\".\\\"Gsi\\\""))
            #expect(index.resource == "table/Tbl/index/Gsi")
            let insert = try #require(try statement("INSERT INTO Tbl VALUE {'pk':'ann','sk':1,'b':2}"))
            #expect(insert.action == "PartiQLInsert" && sorted(insert.attributes) == ["b", "pk", "sk"])
            let update = try #require(
                try statement("UPDATE Tbl SET a=b WHERE pk='ann' AND sk=1 AND c=2 RETURNING ALL OLD *"))
            #expect(update.action == "PartiQLUpdate" && sorted(update.attributes) == ["a", "b", "c", "pk", "sk"])
            #expect(update.returnValues == "ALL_OLD" && sorted(update.leadingKeys) == ["ann"])
            let delete = try #require(try statement("DELETE FROM Tbl WHERE pk='ann' AND sk=1"))
            #expect(delete.action == "PartiQLDelete" && sorted(delete.leadingKeys) == ["ann"])
            #expect(try statement("SELECT nonsense") == nil)
        }
    }

    /// A SELECT of it is refused, and nothing of it is taken for a key.
    @Test func aVectorIndexWithoutAPartitionKey() async throws {
        try await withEngine { engine in
            let vectors = #"""
                {"TableName":"Vec","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST",
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"VectorIndexes":[{"IndexName":"Vix","VectorAttribute":
                {"AttributeName":"v"},"Dimensions":3,"DistanceFunction":"COSINE","Projection":{"ProjectionType":"KEYS_ONLY"}}]}
                """#
            _ = try await engine.createTable(CreateTableInput(jsonDocument: Array(vectors.utf8)))
            let text = #"{"Statement":"SELECT * FROM \"Vec\".\"Vix\" WHERE pk='a'"}"#
            let select = try #require(try accesses(engine, ExecuteStatementInput.self, text).first)
            #expect(select.resource == "table/Vec/index/Vix" && select.leadingKeys == .all)
            let search = try #require(
                try accesses(
                    engine, SearchVectorsInput.self,
                    #"{"TableName":"Vec","IndexName":"Vix","SearchVector":[{"N":"1"}],"TopK":1}"#
                ).first)
            #expect(search.resource == "table/Vec/index/Vix" && sorted(search.attributes) == ["pk", "v"])
        }
    }

    @Test func tablesStreamsAndBackups() async throws {
        try await withEngine { engine in
            func told<Input: JSONObject & AccessTelling>(_ type: Input.Type, _ json: String) throws -> [String] {
                try accesses(engine, type, json).map { "\($0.action) \($0.resource)" }
            }
            #expect(try told(ListTablesInput.self, "{}") == ["ListTables table/*"])
            #expect(try told(ListBackupsInput.self, "{}") == ["ListBackups *"])
            #expect(try told(DescribeTableInput.self, #"{"TableName":"Tbl"}"#) == ["DescribeTable table/Tbl"])
            #expect(
                try told(DescribeBackupInput.self, #"{"BackupArn":"arn:aws:dynamodb:r:1:table/Tbl/backup/01-abc"}"#)
                    == ["DescribeBackup table/Tbl/backup/01-abc"])
            let restore = try told(
                RestoreTableFromBackupInput.self,
                #"{"TargetTableName":"New","BackupArn":"arn:aws:dynamodb:r:1:table/Tbl/backup/01-abc"}"#)
            #expect(restore.contains("RestoreTableFromBackup table/Tbl/backup/01-abc"))
            #expect(restore.contains("RestoreTableFromBackup table/New") && restore.contains("Scan table/New"))
            var update = UpdateTableInput(tableName: "Tbl")
            update.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: .keysOnly)
            let arn = try #require(try await engine.updateTable(update).tableDescription.latestStreamArn)
            let path = arn.split(separator: ":", maxSplits: 5)[5]
            #expect(try told(DescribeStreamInput.self, #"{"StreamArn":"\#(arn)"}"#) == ["DescribeStream \(path)"])
            let shard = try #require(
                try await engine.describeStream(DescribeStreamInput(streamArn: arn)).streamDescription.shards?.first?
                    .shardId)
            let iterator = try #require(
                try await engine.getShardIterator(
                    GetShardIteratorInput(streamArn: arn, shardId: shard, shardIteratorType: .trimHorizon)
                ).shardIterator)
            #expect(try told(GetRecordsInput.self, #"{"ShardIterator":"\#(iterator)"}"#) == ["GetRecords \(path)"])
            var tagged = try CreateTableInput(jsonDocument: Array(Self.table.utf8))
            tagged.tags = [Tag(key: "a", value: "b")]
            #expect(try engine.accesses(of: tagged, detail: []).map(\.action) == ["CreateTable", "TagResource"])
        }
    }
}
