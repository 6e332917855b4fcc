import DynamoDB
import DynamoDBEngine
import Fuzzing
import Testing

@testable import DynamoDBService

/// Failures on purpose.
@Suite struct FaultTests {
    @Test func ratesAreRead() throws {
        let rates = try FaultRates(parsing: "throttle=0.01,conflict=0.5,internal=1,latency=20ms,seed=7")
        #expect(rates.throttle == 0.01 && rates.conflict == 0.5 && rates.internal == 1)
        #expect(rates.latency == .milliseconds(20) && rates.seed == 7)
        #expect(try FaultRates(parsing: "latency=1.5s").latency == .milliseconds(1500))
    }

    @Test(
        arguments: [
            ("", "name=value"), ("throttle", "name=value"), ("throttle=2", "from 0 to 1"),
            ("conflict=-0.1", "from 0 to 1"), ("internal=x", "from 0 to 1"), ("throttle=nan", "from 0 to 1"),
            ("latency=20", "such as 20ms"), ("latency=2h", "such as 20ms"), ("latency=61s", "such as 20ms"),
            ("latency=ms", "such as 20ms"), ("seed=-1", "whole number"), ("thorttle=1", "one of throttle"),
            ("throttle=1,throttle=0", "twice"), ("throttle=1,", "name=value"), ("throttle=1, seed=1", "one of"),
        ])
    func badRatesAreNamed(text: String, words: String) {
        let error = #expect(throws: FaultRatesError.self) { try FaultRates(parsing: text) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    private func operation(_ name: String) throws -> DynamoDBService.Operation {
        try #require(Operations.byTarget.values.first { $0.name == name })
    }

    private func faults(_ text: String, _ name: String, _ count: Int) throws -> [Fault?] {
        let injector = FaultInjector(try FaultRates(parsing: text), logger: TestServer.silent)
        let operation = try operation(name)
        return (0..<count).map { _ in injector.fault(of: operation) }
    }

    @Test func aSeedGivesTheSameFaultsAgain() throws {
        let text = "throttle=0.2,conflict=0.2,internal=0.1,seed="
        let first = try faults(text + "1", "PutItem", 400)
        #expect(try first == faults(text + "1", "PutItem", 400))
        #expect(try first != faults(text + "2", "PutItem", 400))
        #expect(Set(first) == [nil, .throttle, .conflict, .internalBefore, .internalAfter])
        // About the share that was asked for: the generator is fixed, so this cannot fail by chance.
        #expect((40...120).contains(first.count { $0 == .throttle }))
        #expect((20...60).contains(first.count { $0 == .internalBefore || $0 == .internalAfter }))
    }

    /// Only what AWS's model of the operation names.
    @Test func operationsFailAsTheyCan() throws {
        let all = "throttle=0.3,conflict=0.3,internal=0.3,seed=5"
        #expect(try Set(faults(all, "DescribeEndpoints", 100)) == [nil])
        #expect(try Set(faults(all, "ListTables", 100)) == [nil, .internalBefore, .internalAfter])
        #expect(try Set(faults(all, "GetRecords", 100)) == [nil, .internalBefore, .internalAfter])
        #expect(try Set(faults(all, "GetItem", 100)) == [nil, .throttle, .internalBefore, .internalAfter])
        #expect(try Set(faults("conflict=1", "Query", 10)) == [nil])
        #expect(try Set(faults("conflict=1", "BatchWriteItem", 10)) == [nil])
        #expect(try Set(faults("throttle=1", "BatchExecuteStatement", 10)) == [nil])
        #expect(try Set(faults("conflict=1", "ExecuteStatement", 10)) == [.conflict])
        for name in ["TransactWriteItems", "TransactGetItems", "ExecuteTransaction"] {
            for fault in try faults("conflict=1", name, 10) {
                guard case .cancellation = fault else { Issue.record("\(name): \(String(describing: fault))"); return }
            }
        }
    }

    private let createTable = """
        {"TableName": "things", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
         "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
        """

    private let putItem = #"{"TableName": "things", "Item": {"id": {"S": "a"}}}"#

    private func withServer(_ faults: String, _ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.run(faults: try FaultRates(parsing: faults)) { server in
            _ = try await server.engine.createTable(
                CreateTableInput(jsonDocument: Array(createTable.utf8)))
            try await body(server)
        }
    }

    @Test func throttlesAndConflictsChangeNothing() async throws {
        for (faults, type) in [
            ("throttle=1", "dynamodb.v20120810#ProvisionedThroughputExceededException"),
            ("conflict=1", "dynamodb.v20120810#TransactionConflictException"),
        ] {
            try await withServer(faults) { server in
                let refused = try await server.send("PutItem", putItem)
                #expect(refused.status == 400 && refused.text.contains(type), "\(refused.text)")
                #expect(try await server.engine.scan(ScanInput(tableName: "things")).count == 0)
                #expect(try await server.send("DescribeTable", #"{"TableName": "things"}"#).status == 200)
            }
        }
    }

    @Test func aCancelledTransactionTellsWhichItem() async throws {
        try await withServer("conflict=1,seed=3") { server in
            let put = #"{"Put": \#(putItem)}"#
            let condition = #""ConditionExpression": "attribute_not_exists(id)""#
            let check = #"{"ConditionCheck": {"TableName": "things", "Key": {"id": {"S": "b"}}, \#(condition)}}"#
            let refused = try await server.send("TransactWriteItems", #"{"TransactItems": [\#(put), \#(check)]}"#)
            #expect(refused.status == 400)
            let error = try DynamoDBError(jsonDocument: refused.body)
            #expect(error.code == .transactionCanceledException)
            #expect(error.cancellationReasons.map(\.code).sorted { $0! < $1! } == ["None", "TransactionConflict"])
            #expect(error.message.contains("TransactionConflict") && error.message.contains("None"))
            #expect(try await server.engine.scan(ScanInput(tableName: "things")).count == 0)
            // Of no items there is none that could conflict: the engine answers.
            #expect(try await server.send("TransactWriteItems", #"{"TransactItems": []}"#).text.contains("Validation"))
        }
    }

    /// As on AWS, a request that got a 500 may have been carried out or not.
    @Test func anInternalErrorLeavesOpenWhatHappened() async throws {
        try await withServer("internal=1,seed=11") { server in
            for number in 0..<20 {
                let put = #"{"TableName": "things", "Item": {"id": {"S": "\#(number)"}}}"#
                let failed = try await server.send("PutItem", put)
                #expect(failed.status == 500 && failed.text.contains("#InternalServerError"))
            }
            let count = try await server.engine.scan(ScanInput(tableName: "things")).count
            #expect((1...19).contains(count))
        }
    }
}
