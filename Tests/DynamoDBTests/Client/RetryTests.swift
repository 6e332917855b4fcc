import AWSCore
import Testing

@testable import DynamoDB

@Suite struct RetryTests {
    private let ok = FakeTransport.Answer.response(status: 200, body: #"{"TableNames":["a"]}"#)

    private func failure(_ type: String, status: Int = 400) -> FakeTransport.Answer {
        .response(status: status, body: #"{"__type":"com.amazonaws.dynamodb.v20120810#\#(type)","message":"m"}"#)
    }

    @Test(arguments: [
        "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded", "InternalServerError",
        "TransactionInProgressException", "LimitExceededException",
    ])
    func aPassingFaultIsRetried(type: String) async throws {
        let transport = FakeTransport(failure(type), ok)
        let time = ManualTime()
        let output = try await DynamoDBClient.fake(transport, time: time).listTables(ListTablesInput())
        #expect(output.tableNames == ["a"])
        #expect(transport.requests.count == 2)
        #expect(time.sleeps.count == 1)
        #expect(transport.requests[0].body == transport.requests[1].body)
    }

    @Test(arguments: [
        "ValidationException", "ConditionalCheckFailedException", "ResourceNotFoundException", "AccessDeniedException",
        "TransactionCanceledException", "SomeNewException",
    ])
    func aLastingFaultIsNot(type: String) async throws {
        let transport = FakeTransport(failure(type), ok)
        let client = try DynamoDBClient.fake(transport)
        let error = try await #require(throws: DynamoDBError.self) {
            try await client.getItem(GetItemInput(tableName: "t", key: ["a": "b"]))
        }
        #expect(error.code.rawValue == type)
        #expect(error.operation == "GetItem")
        #expect(error.table == "t")
        #expect(error.requestID == "REQUEST1")
        #expect(error.httpStatus == 400)
        #expect(transport.requests.count == 1)
    }

    @Test func attemptsAreBounded() async throws {
        let transport = FakeTransport(failure("InternalServerError", status: 500))
        let client = try DynamoDBClient.fake(transport, maximumAttempts: 4)
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        #expect(error.code == .internalServerError)
        #expect(transport.requests.count == 4)
    }

    @Test func anAnswerThatIsNotDynamoDBsIsTold() async throws {
        for (status, code) in [
            (503, DynamoDBError.Code.serviceUnavailable), (502, .internalServerError), (404, .invalidResponse),
        ] {
            let client = try DynamoDBClient.fake(FakeTransport(.response(status: status, body: "<html>")))
            let error = try await #require(throws: DynamoDBError.self) {
                try await client.listTables(ListTablesInput())
            }
            #expect(error.code == code)
            #expect(error.httpStatus == status)
        }
        let client = try DynamoDBClient.fake(FakeTransport(.response(status: 200, body: "<html>")))
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        #expect(error.code == .invalidResponse)
    }

    @Test func aDamagedAnswerIsAskedForAgain() async throws {
        let body = #"{"TableNames":["a"]}"#
        let checksum = Array(body.utf8).withUnsafeBytes { CRC32.checksum($0) }
        let damaged = FakeTransport.Answer.response(status: 200, body: #"{"TableNames":["b"]}"#, checksum: checksum)
        let transport = FakeTransport(damaged, .response(status: 200, body: body, checksum: checksum))
        #expect(try await DynamoDBClient.fake(transport).listTables(ListTablesInput()).tableNames == ["a"])
        #expect(transport.requests.count == 2)
    }

    /// The whole operation has one bound: a retry has what is left, and a wait beyond it is not begun.
    @Test func timeIsBounded() async throws {
        let transport = FakeTransport(failure("ThrottlingException"))
        let time = ManualTime()
        let client = try DynamoDBClient.fake(transport, time: time, maximumAttempts: 1000, timeout: .seconds(2))
        let error = try await #require(throws: DynamoDBError.self) { try await client.listTables(ListTablesInput()) }
        #expect(error.code == .throttlingException)
        #expect(time.sleeps.reduce(.zero, +) < .seconds(2))
        #expect(transport.timeouts[0] == .seconds(2))
        #expect(zip(transport.timeouts, transport.timeouts.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test func cancellationIsNotRetried() async throws {
        let transport = FakeTransport(.cancelled)
        let client = try DynamoDBClient.fake(transport)
        await #expect(throws: CancellationError.self) { try await client.listTables(ListTablesInput()) }
        #expect(transport.requests.count == 1)
    }

    /// One slow attempt leaves time for others.
    @Test func anAttemptHasItsOwnBound() async throws {
        let transport = FakeTransport(failure("InternalServerError", status: 500), ok)
        let client = try DynamoDBClient.fake(transport, timeout: .seconds(5), attemptTimeout: .seconds(1))
        _ = try await client.listTables(ListTablesInput())
        #expect(transport.timeouts == [.seconds(1), .seconds(1)])
    }

    /// A retry after a lost answer must not do the work twice.
    @Test func transactionsHaveATokenThatRetriesKeep() async throws {
        let transport = FakeTransport(failure("InternalServerError", status: 500), .response(status: 200, body: "{}"))
        let client = try DynamoDBClient.fake(transport)
        let deletion = TransactWriteItem.delete(Delete(tableName: "abc", key: ["a": "b"]))
        _ = try await client.transactWriteItems(TransactWriteItemsInput(transactItems: [deletion]))
        _ = try await client.transactWriteItems(TransactWriteItemsInput(transactItems: [deletion]))
        _ = try await client.transactWriteItems(
            TransactWriteItemsInput(transactItems: [deletion], clientRequestToken: "mine"))
        let tokens = try transport.requests.map {
            try #require(try TransactWriteItemsInput(jsonDocument: $0.body).clientRequestToken)
        }
        #expect(tokens.count == 4)
        #expect(tokens[0] == tokens[1] && tokens[0] != tokens[2] && tokens[3] == "mine")
        #expect(tokens.allSatisfy { (1...36).contains($0.utf8.count) })
        _ = try await client.executeTransaction(
            ExecuteTransactionInput(transactStatements: [ParameterizedStatement(statement: "s")]))
        let statement = try ExecuteTransactionInput(jsonDocument: transport.requests[4].body)
        #expect(statement.clientRequestToken?.isEmpty == false)
    }

    /// When a server is down, retries stop once the shared budget is used up.
    @Test func theQuotaEndsRetries() async throws {
        let transport = FakeTransport(failure("InternalServerError", status: 500))
        let client = try DynamoDBClient.fake(transport, maximumAttempts: 2)
        for _ in 0..<200 { _ = try? await client.listTables(ListTablesInput()) }
        #expect(transport.requests.count == 200 + RetryQuota.capacity / RetryQuota.retryCost)
    }

    @Test func waitsGrowWithFullJitter() {
        let policy = RetryPolicy(maximumAttempts: 10)
        #expect(policy.delay(afterAttempt: 1, isThrottling: false, random: 1) == .milliseconds(50))
        #expect(policy.delay(afterAttempt: 3, isThrottling: false, random: 1) == .milliseconds(200))
        #expect(policy.delay(afterAttempt: 3, isThrottling: false, random: 0) == .zero)
        #expect(policy.delay(afterAttempt: 2, isThrottling: true, random: 0.5) == .milliseconds(500))
        #expect(policy.delay(afterAttempt: 99, isThrottling: true, random: 1) == .seconds(20))
    }
}
