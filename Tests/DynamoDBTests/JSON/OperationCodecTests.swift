import Foundation
import Testing

@testable import DynamoDB

/// Every member of every input and output of AWS's own model is read and written again.
@Suite struct OperationCodecTests {
    private static let types: [(String, any (JSONCodable & Sendable).Type, any (JSONCodable & Sendable).Type)] = [
        ("CreateTable", CreateTableInput.self, CreateTableOutput.self),
        ("DescribeTable", DescribeTableInput.self, DescribeTableOutput.self),
        ("ListTables", ListTablesInput.self, ListTablesOutput.self),
        ("DeleteTable", DeleteTableInput.self, DeleteTableOutput.self),
        ("UpdateTimeToLive", UpdateTimeToLiveInput.self, UpdateTimeToLiveOutput.self),
        ("DescribeTimeToLive", DescribeTimeToLiveInput.self, DescribeTimeToLiveOutput.self),
        ("PutItem", PutItemInput.self, PutItemOutput.self),
        ("GetItem", GetItemInput.self, GetItemOutput.self),
        ("DeleteItem", DeleteItemInput.self, DeleteItemOutput.self),
        ("UpdateItem", UpdateItemInput.self, UpdateItemOutput.self),
        ("BatchWriteItem", BatchWriteItemInput.self, BatchWriteItemOutput.self),
        ("BatchGetItem", BatchGetItemInput.self, BatchGetItemOutput.self),
        ("Query", QueryInput.self, QueryOutput.self),
        ("Scan", ScanInput.self, ScanOutput.self),
        ("TransactWriteItems", TransactWriteItemsInput.self, TransactWriteItemsOutput.self),
        ("TransactGetItems", TransactGetItemsInput.self, TransactGetItemsOutput.self),
        ("ExecuteStatement", ExecuteStatementInput.self, ExecuteStatementOutput.self),
        ("BatchExecuteStatement", BatchExecuteStatementInput.self, BatchExecuteStatementOutput.self),
        ("ExecuteTransaction", ExecuteTransactionInput.self, ExecuteTransactionOutput.self),
    ]

    @Test func everyMemberSurvives() throws {
        let samples = try #require(try Fixture.object("operations.json") as? [String: [String: Any]])
        #expect(samples.count == Self.types.count)
        for (name, input, output) in Self.types {
            let sample = try #require(samples[name])
            try check(input, try #require(sample["input"]), name + "Input")
            try check(output, try #require(sample["output"]), name + "Output")
        }
    }

    private func check(_ type: any JSONCodable.Type, _ sample: Any, _ name: String) throws {
        let text = try JSONSerialization.data(withJSONObject: sample)
        let value = try type.init(jsonDocument: Array(text))
        let written = try JSONSerialization.jsonObject(with: Data(value.jsonDocument))
        let expected = try JSONSerialization.data(withJSONObject: sample, options: [.sortedKeys, .prettyPrinted])
        let actual = try JSONSerialization.data(withJSONObject: written, options: [.sortedKeys, .prettyPrinted])
        #expect(String(decoding: actual, as: UTF8.self) == String(decoding: expected, as: UTF8.self), "\(name)")
    }

    @Test func membersNotKnownArePassedOver() throws {
        let text = #"""
            {"New":{"a":[1,-2.5e3,true,false,null,"x\n",{}],"b":[]},"TableName":"abc","Key":{"a":{"S":"b"}},"Other":[[],{}]}
            """#
        let input = try GetItemInput(jsonDocument: Array(text.utf8))
        #expect(input == GetItemInput(tableName: "abc", key: ["a": "b"]))
    }

    @Test func membersMayComeEscaped() throws {
        let text = #"{"\u0054ableNam\u0065":"abc","Key":{"\u0061":{"\u0053":"b"}}}"#
        #expect(try GetItemInput(jsonDocument: Array(text.utf8)) == GetItemInput(tableName: "abc", key: ["a": "b"]))
    }

    @Test func errorsAreReadAndWritten() throws {
        let text = #"""
            {"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","message":"cancelled",
            "CancellationReasons":[{"Code":"None"},{"Code":"ConditionalCheckFailed","Message":"no","Item":{"a":{"S":"b"}}}]}
            """#
        let error = try DynamoDBError(jsonDocument: Array(text.utf8))
        #expect(error.code == .transactionCanceledException)
        #expect(error.cancellationReasons.map(\.code) == ["None", "ConditionalCheckFailed"])
        #expect(error.cancellationReasons[1].item == ["a": "b"])
        #expect(error.description.contains("action 1: ConditionalCheckFailed: no"))

        let validation = DynamoDBError.validation("bad")
        #expect(
            String(decoding: validation.jsonDocument, as: UTF8.self)
                == #"{"__type":"com.amazon.coral.validate#ValidationException","message":"bad"}"#)
        #expect(DynamoDBError.Code(wireName: "ThrottlingException:http://x/y") == .throttlingException)
        #expect(DynamoDBError.Code(wireName: "ThrottlingException") == .throttlingException)
    }
}
