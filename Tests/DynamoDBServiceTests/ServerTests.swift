import DynamoDB
import DynamoDBEngine
import Foundation
import Testing

@testable import DynamoDBService

@Suite struct ServerTests {
    private let createTable = """
        {"TableName": "things", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
         "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}
        """

    @Test func operationsAreAnswered() async throws {
        try await TestServer.run { server in
            let created = try await server.send("CreateTable", createTable)
            #expect(created.status == 200)
            #expect(created.text.contains(#""TableStatus":"ACTIVE""#))
            let put = try await server.send(
                "PutItem", #"{"TableName": "things", "Item": {"id": {"S": "a"}, "n": {"N": "1e2"}}}"#)
            #expect(put.text == "{}")
            let got = try await server.send(
                "GetItem", #"{"TableName": "things", "Key": {"id": {"S": "a"}}, "ProjectionExpression": "n"}"#)
            #expect(got.text == #"{"Item":{"n":{"N":"100"}}}"#)
            #expect(got.headers["content-type"] == "application/x-amz-json-1.0")
            #expect(got.headers["x-amzn-requestid"]?.count == 52)
            // Known from another implementation (Python's zlib.crc32).
            #expect(put.headers["x-amz-crc32"] == "2745614147")
            let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/things"
            let tagged = try await server.send(
                "TagResource", #"{"ResourceArn": "\#(arn)", "Tags": [{"Key": "k", "Value": "v"}]}"#)
            #expect(tagged.status == 200 && tagged.text.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("Nothing", "{}", true, "com.amazon.coral.service#UnknownOperationException"),
            (nil, "{}", true, "com.amazon.coral.service#UnknownOperationException"),
            ("ListTables", "{}", false, "com.amazon.coral.service#MissingAuthenticationTokenException"),
            ("ListTables", "{", true, "com.amazon.coral.service#SerializationException"),
            ("ListTables", "[]", true, "com.amazon.coral.service#SerializationException"),
            ("ListTables", #"{"Limit": 1000}"#, true, "com.amazon.coral.validate#ValidationException"),
            (
                "GetItem", #"{"TableName": "absent", "Key": {"id": {"S": "a"}}}"#, true,
                "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"
            ),
        ] as [(String?, String, Bool, String)])
    func errorsHaveTheirType(operation: String?, body: String, signed: Bool, type: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.send(operation, body, signed: signed)
            #expect(answer.status == 400)
            #expect(answer.text.contains("\"__type\":\"\(type)\""), "\(answer.text)")
            if type.contains("UnknownOperation") { #expect(answer.text.contains("Unknown operation exception")) }
        }
    }

    /// ARNs say the region of the credential, where it has one.
    @Test(
        arguments: [
            ("KEY/20261130/ap-northeast-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0", "ap-northeast-1"),
            ("KEY/20261130/eu-west-1/dynamodb/aws4_request,SignedHeaders=host,Signature=0", "eu-west-1"),
            ("any", "us-east-1"), ("KEY/20261130//dynamodb/aws4_request", "us-east-1"),
        ])
    func arnsSayTheRegionOfTheCredential(credential: String, region: String) async throws {
        try await TestServer.run { server in
            let created = try await server.send("CreateTable", createTable, credential: credential)
            #expect(created.text.contains("\"arn:aws:dynamodb:\(region):000000000000:table/things\""))
        }
    }

    @Test func aCredentialWithoutARealRegionIsRefused() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(
                "ListTables", "{}", credential: "KEY/20261130/eu|west/dynamodb/aws4_request, Signature=0")
            #expect(answer.status == 400)
            #expect(answer.text.contains("InvalidSignatureException"))
            #expect(answer.text.contains("Credential should be scoped to a valid region, not 'eu|west'."))
        }
    }

    @Test func failedConditionsReturnTheItem() async throws {
        try await TestServer.run { server in
            _ = try await server.send("CreateTable", createTable)
            let put =
                #"{"TableName": "things", "Item": {"id": {"S": "a"}}, "ConditionExpression": "attribute_not_exists(id)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}"#
            #expect(try await server.send("PutItem", put).status == 200)
            let refused = try await server.send("PutItem", put)
            #expect(refused.status == 400)
            #expect(refused.text.contains("ConditionalCheckFailedException"))
            #expect(refused.text.contains(#""Item":{"id":{"S":"a"}}"#))
        }
    }

    @Test func healthIsAnswered() async throws {
        try await TestServer.run { server in
            let answer = try await server.send(nil, "", method: "GET", signed: false)
            #expect(answer.status == 200)
            #expect(answer.text == "healthy: 127.0.0.1:\(server.port) ")
            #expect(try await server.send(nil, "", method: "DELETE").status == 404)
            let connection = try RawConnection(port: server.port)
            for path in ["/abc", "/-", "/index.htm", "/health", "//", "*"] {
                connection.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(try connection.receive(until: "<UnknownOperationException/>").hasPrefix("HTTP/1.1 404 "))
            }
            connection.send("GET /?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try connection.receive(until: "healthy: localhost ").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func healthIsThatOfTheEngine() async throws {
        try await TestServer.run { server in
            await server.engine.close()
            let answer = try await server.send(nil, "", method: "GET", signed: false)
            #expect(answer.status == 503)
            #expect(answer.text == "unhealthy: The engine is closed\n")
        }
    }

    @Test func dateAndServerAreTold() async throws {
        try await TestServer.run { server in
            for operation in ["ListTables", "Nothing"] {
                let answer = try await server.send(operation, "{}")
                #expect(answer.headers["server"] == "Server")
                let date = try #require(answer.headers["date"])
                let parsed = try Date(date, strategy: Self.httpDate)
                #expect(abs(parsed.timeIntervalSinceNow) < 60)
            }
        }
        // The server has no clock but the engine's.
        try await TestServer.run(clock: EngineClock(wall: { 784_111_777_000_000 })) { server in
            let answer = try await server.send("ListTables", "{}")
            #expect(answer.headers["date"] == "Sun, 06 Nov 1994 08:49:37 GMT")
        }
        var date = HTTPDate()
        #expect(date.text(secondsSince1970: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(date.text(secondsSince1970: 951_782_400) == "Tue, 29 Feb 2000 00:00:00 GMT")
        #expect(date.text(secondsSince1970: -1) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(date.text(secondsSince1970: .min) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }

    private static let httpDate = Date.ParseStrategy(
        format:
            "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .extended()) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)

    @Test func aPortInUseIsNamed() async throws {
        try await TestServer.run { server in
            let second = DynamoDBServer(engine: server.engine, port: server.port, logger: TestServer.silent)
            do {
                _ = try await second.start()
                Issue.record("two servers on one port")
            } catch let error as ServerError {
                #expect(error.code == .addressInUse)
                #expect(error.description.contains("\(server.port)"))
            }
        }
    }

    /// What was answered is there; what was not answered failed visibly.
    @Test func shutdownFinishesWhatIsInFlight() async throws {
        try await TestServer.run { server in
            _ = try await server.send("CreateTable", createTable)
            let answered = await withTaskGroup(of: String?.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let put = #"{"TableName": "things", "Item": {"id": {"S": "\#(number)"}}}"#
                        return (try? await server.send("PutItem", put).status) == 200 ? "\(number)" : nil
                    }
                }
                group.addTask {
                    await server.server.shutdown()
                    return nil
                }
                return await group.reduce(into: Set<String>()) { answered, id in if let id { answered.insert(id) } }
            }
            await #expect(throws: (any Error).self) { try await server.send("ListTables", "{}") }
            let scanned = try await server.engine.scan(ScanInput(tableName: "things")).items ?? []
            let stored = Set(scanned.compactMap { item in if case .string(let id) = item["id"] { id } else { nil } })
            #expect(answered.isSubset(of: stored))
        }
    }

    @Test func runningEndsOnCancellationAndOnShutdown() async throws {
        try await TestServer.run { server in
            let cancelled = Task { try await server.server.run() }
            cancelled.cancel()
            try await cancelled.value
            await #expect(throws: (any Error).self) { try await server.send("ListTables", "{}") }

            let port = try await server.server.start().port
            let stopped = Task { try await server.server.run() }
            try await Task.sleep(for: .milliseconds(20))
            #expect(port > 0)
            await server.server.shutdown()
            try await stopped.value
        }
    }

    @Test func itListensAgainAfterShutdown() async throws {
        try await TestServer.run { server in
            await server.server.shutdown()
            let port = try await server.server.start().port
            #expect(port > 0)
        }
    }
}
