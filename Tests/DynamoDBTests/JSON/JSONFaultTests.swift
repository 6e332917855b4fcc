import Fuzzing
import Testing

@testable import DynamoDB

@Suite struct JSONFaultTests {
    /// Not JSON: each is refused as a value that is read, and most as a value that is passed over.
    static let malformed = [
        "", " ", "{", "}", "[", "{]", #"{"S"}"#, #"{"S":}"#, #"{"S":"a""#, #"{"S":"a"}}"#, #"{"S":"a"} x"#,
        #"{"S":"a",}"#, #"{,"S":"a"}"#, #"{"S" "a"}"#, #"{S:"a"}"#, #"{'S':'a'}"#, #"{"S":"a"#, #"{"S":"\"#,
        #"{"S":"\x"}"#, #"{"S":"\u12"}"#, #"{"S":"\u12G4"}"#, #"{"S":"\uD800"}"#, #"{"S":"\uDC00"}"#,
        #"{"S":"\uD800\u0041"}"#, #"{"S":"\uD800x"}"#, "{\"S\":\"\u{1}\"}", "{\"S\":\"\n\"}", #"{"BOOL":tru}"#,
        #"{"BOOL":True}"#, #"{"NULL":nul"#, #"{"L":[}"#, #"{"L":[{"S":"a"}"#, #"{"L":[{"S":"a"},]}"#,
        #"{"L":[{"S":"a"}{"S":"b"}]}"#, #"{"M":{"a":{"S":"a"}"#, #"{"M":{"a"}}"#,
    ]

    @Test(arguments: malformed)
    func malformedTextIsRefused(text: String) throws {
        let error = try #require(throws: DynamoDBError.self) { try AttributeValue(jsonDocument: Array(text.utf8)) }
        #expect(error.code == .serializationException)
        #expect(throws: DynamoDBError.self) { try GetItemInput(jsonDocument: Array(#"{"x":\#(text)"#.utf8)) }
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE9, 0x9B],
        ] as [[UInt8]])
    func invalidUTF8IsRefused(bytes: [UInt8]) throws {
        for (start, end) in [(#"{"S":""#, #""}"#), (#"{"M":{""#, #"":{"S":"a"}}}"#), (#"{"S":"\n"#, #""}"#)] {
            let error = try #require(throws: DynamoDBError.self) {
                try AttributeValue(jsonDocument: Array(start.utf8) + bytes + Array(end.utf8))
            }
            #expect(error.code == .serializationException)
        }
    }

    /// No input makes the reader crash or read past its end.
    @Test func everyTruncationAndChangeIsSafe() throws {
        var generator = SeededGenerator(seed: 8)
        let bytes = generator.item().jsonDocument
        for length in 0..<bytes.count {
            #expect(throws: DynamoDBError.self) { try Item(jsonDocument: Array(bytes[..<length])) }
        }
        for _ in 0..<5000 {
            var changed = bytes
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            changed[index] = UInt8.random(in: 0...255, using: &generator)
            // Either is right; what counts is that it returns, and that what it accepts is written back readable.
            if let item = try? Item(jsonDocument: changed) {
                #expect(try Item(jsonDocument: item.jsonDocument) == item)
            }
        }
    }

    @Test(arguments: [
        (#"{"TableName":23}"#, "NUMBER_VALUE cannot be converted to String"),
        (#"{"TableName":34.56}"#, "DECIMAL_VALUE cannot be converted to String"),
        (#"{"TableName":true}"#, "TRUE_VALUE cannot be converted to String"),
        (#"{"TableName":[]}"#, "Unrecognized collection type class java.lang.String"),
        (#"{"TableName":{}}"#, "Start of structure or map found where not expected"),
        (#"{"ConsistentRead":23}"#, "NUMBER_VALUE cannot be converted to Boolean"),
        (#"{"Limit":"23"}"#, "STRING_VALUE cannot be converted to Integer"),
        (#"{"Limit":true}"#, "TRUE_VALUE cannot be converted to Integer"),
        (#"{"Limit":[]}"#, "Unrecognized collection type class java.lang.Integer"),
        (#"{"AttributesToGet":{}}"#, "Start of structure or map found where not expected"),
        (#"{"AttributesToGet":"a"}"#, "Unexpected field type"),
        (#"{"ExclusiveStartKey":"a"}"#, "Unexpected field type"),
        (#"{"ExclusiveStartKey":{"a":{"B":1}}}"#, "only base-64-encoded strings are convertible to bytes"),
        (
            #"{"ExclusiveStartKey":{"a":{"B":"23456"}}}"#,
            "Base64 encoded length is expected a multiple of 4 bytes but found: 5"
        ),
        (#"{"ExclusiveStartKey":{"a":{"B":"+/+="}}}"#, "Invalid last non-pad Base64 character dectected"),
        (#"{"ExclusiveStartKey":{"a":{"B":"a=aa"}}}"#, "Invalid Base64 character"),
    ])
    func wrongTypesAreToldInAWSsWords(text: String, message: String) throws {
        let error = try #require(throws: DynamoDBError.self) { try ScanInput(jsonDocument: Array(text.utf8)) }
        #expect(error.code == .serializationException)
        #expect(error.message == message)
    }

    @Test(arguments: [
        (#"{}"#, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (#"{"a":""}"#, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (
            #"{"S":"a","N":"1"}"#,
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
        ),
        (
            #"{"NULL":false}"#,
            "One or more parameter values were invalid: Null attribute value types must have the value of true"
        ),
        (#"{"SS":[]}"#, "One or more parameter values were invalid: An string set  may not be empty"),
        (#"{"NS":[]}"#, "One or more parameter values were invalid: An number set  may not be empty"),
        (#"{"BS":[]}"#, "One or more parameter values were invalid: Binary sets should not be empty"),
        (
            #"{"SS":["a","a"]}"#,
            "One or more parameter values were invalid: Input collection [a, a] contains duplicates."
        ),
        (#"{"NS":["1","1.0"]}"#, "Input collection contains duplicates"),
        (
            #"{"BS":["Yg==","Yg=="]}"#,
            "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS contains duplicates."
        ),
        (#"{"N":""}"#, "The parameter cannot be converted to a numeric value"),
        (#"{"N":"b"}"#, "The parameter cannot be converted to a numeric value: b"),
        (#"{"N":"1e126"}"#, "Number overflow. Attempting to store a number with magnitude larger than supported range"),
    ])
    func badValuesAreToldInAWSsWords(text: String, message: String) throws {
        let error = try #require(throws: DynamoDBError.self) { try AttributeValue(jsonDocument: Array(text.utf8)) }
        #expect(error.code == .validationException)
        #expect(error.message == message)

        let request = #"{"TableName":"abc","ExpressionAttributeValues":{":b":\#(text)}}"#
        let wrapped = try #require(throws: DynamoDBError.self) { try ScanInput(jsonDocument: Array(request.utf8)) }
        #expect(wrapped.message == "ExpressionAttributeValues contains invalid value: \(message) for key :b")
    }

    /// AWS's newer front, as it answers PutItem and Query since June 2026.
    @Test(arguments: [
        (#"{"N":"abc"}"#, "The parameter cannot be converted to a numeric value: abc"),
        (#"{"N":""}"#, "The parameter cannot be converted to a numeric value: "),
        (
            #"{"N":"1e2147483647"}"#,
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        ),
        (
            #"{"SS":["b","a","b"]}"#,
            #"One or more parameter values were invalid: Input collection ["a", "b", "b"] contains duplicates."#
        ),
        (
            #"{"BS":["/w==","AA==","AA=="]}"#,
            #"One or more parameter values were invalid: Input collection ["AA==","/w==","AA=="]of type BS contains duplicates."#
        ),
        (
            #"{"NS":["2","1","2"]}"#,
            "One or more parameter values were invalid: Input collection contains duplicates."
        ),
    ])
    func badValuesAreToldAsTheNewerFrontDoes(text: String, message: String) throws {
        let query = #"{"TableName":"abc","ExpressionAttributeValues":{":b":\#(text)}}"#
        let bare = try #require(throws: DynamoDBError.self) { try QueryInput(jsonDocument: Array(query.utf8)) }
        #expect(bare.message == message)
        let put = #"{"TableName":"abc","Item":{"b":{"M":{"c":\#(text)}}}}"#
        let enveloped = try #require(throws: DynamoDBError.self) { try PutItemInput(jsonDocument: Array(put.utf8)) }
        #expect(enveloped.message == "1 validation error detected: " + message)
    }

    @Test func theOlderFrontWrapsExponentsAround() throws {
        let text = #"{"RequestItems":{"abc":[{"PutRequest":{"Item":{"n":{"N":"1e2147483647"}}}}]}}"#
        let error = try #require(throws: DynamoDBError.self) { try BatchWriteItemInput(jsonDocument: Array(text.utf8)) }
        #expect(error.message == DecimalNumber.Fault.underflow.description)
    }

    @Test(arguments: ["1e99999999999", "-1e99999999999", "1e2147483648", "1e-2147483648", "1.5e-2147483647"])
    func theOlderFrontReadsExponentsOf32Bits(number: String) throws {
        let text = #"{"Statement":"SELECT * FROM t WHERE p = ?","Parameters":[{"L":[{"N":"\#(number)"}]}]}"#
        let error = try #require(throws: DynamoDBError.self) {
            try ExecuteStatementInput(jsonDocument: Array(text.utf8))
        }
        #expect(error.message == "The parameter cannot be converted to a numeric value: \(number)")
    }

    @Test func constraintsTellTheirPath() throws {
        func message<Input: JSONCodable>(_ type: Input.Type, _ text: String) throws -> String {
            try #require(throws: DynamoDBError.self) { try Input(jsonDocument: Array(text.utf8)) }.message
        }
        let prefix = "1 validation error detected: Value "
        #expect(
            try message(PutItemInput.self, #"{"Item":{}}"#)
                == prefix + "null at 'tableName' failed to satisfy constraint: Member must not be null")
        #expect(
            try message(PutItemInput.self, #"{"Item":{},"TableName":null}"#)
                == prefix + "null at 'tableName' failed to satisfy constraint: Member must not be null")
        #expect(
            try message(ScanInput.self, #"{"TableName":"abc","ReturnConsumedCapacity":"hi"}"#)
                == prefix + "'hi' at 'returnConsumedCapacity' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]")
        #expect(
            try message(BatchWriteItemInput.self, #"{"RequestItems":{"abc":[{"DeleteRequest":{}}]}}"#)
                == prefix + "null at 'requestItems.abc.member.1.member.deleteRequest.key' failed to satisfy "
                + "constraint: Member must not be null")
    }

    @Test func nestingIsLimited() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array(
                (String(repeating: #"{"L":["#, count: levels) + #"{"S":"x"}"# + String(repeating: "]}", count: levels))
                    .utf8)
        }
        _ = try AttributeValue(jsonDocument: nested(31))
        let error = try #require(throws: DynamoDBError.self) { try AttributeValue(jsonDocument: nested(32)) }
        #expect(error.code == .validationException)
        #expect(error.message.hasPrefix("Nesting Levels have exceeded supported limits"))

        let deep = #"{"TableName":"abc","x":"# + String(repeating: "[", count: 1_000_000)
        #expect(throws: DynamoDBError.self) { try ScanInput(jsonDocument: Array(deep.utf8)) }
    }
}
