import DynamoDB
import Testing

/// What AWS refuses about tables, their indexes and their settings, by code (paritysuite/dynamodb-conformance: the tests of
/// CreateTable, UpdateTable, DeleteTable and DescribeTable in tier 1, those of settings in tier 2).
@Suite struct ControlPlaneFaultTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let code: DynamoDBError.Code
        let operation: String
        let body: String

        init(_ code: DynamoDBError.Code, _ operation: String, _ body: String) {
            self.code = code
            self.operation = operation
            self.body = body
        }

        var testDescription: String { "\(operation) \(body.prefix(120))" }
    }

    private static let pk = #"{"AttributeName":"pk","AttributeType":"S"}"#
    private static let hash = #"{"AttributeName":"pk","KeyType":"HASH"}"#
    private static let arn = "arn:aws:dynamodb:us-east-1:000000000000:table"

    private static func create(
        _ name: String = "new", definitions: String = pk, key: String? = #""KeySchema":[\#(hash)]"#, _ more: String = ""
    ) -> String {
        let key = key.map { ",\($0)" } ?? ""
        return
            #"{"TableName":"\#(name)","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[\#(definitions)]\#(key)\#(more)}"#
    }

    private static let sorted =
        #""KeySchema":[\#(hash),{"AttributeName":"sk","KeyType":"RANGE"}]"#
    private static let three =
        pk + #",{"AttributeName":"sk","AttributeType":"S"},{"AttributeName":"ik","AttributeType":"S"}"#

    private static func local(hash: String = "pk", _ projection: String = #"{"ProjectionType":"ALL"}"#) -> String {
        #","LocalSecondaryIndexes":[{"IndexName":"lsi","KeySchema":[{"AttributeName":"\#(hash)","KeyType":"HASH"},{"AttributeName":"ik","KeyType":"RANGE"}],"Projection":\#(projection)}]"#
    }

    private static func global(_ projection: String) -> String {
        #","GlobalSecondaryIndexes":[{"IndexName":"gsi","KeySchema":[\#(hash)],"Projection":\#(projection)}]"#
    }

    private static func add(_ index: String, key: String, definitions: String) -> String {
        #"{"TableName":"composite","AttributeDefinitions":[\#(definitions)],"GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"\#(index)","KeySchema":[\#(key)],"Projection":{"ProjectionType":"KEYS_ONLY"}}}]}"#
    }

    @Test(arguments: [
        Fault(.validationException, "CreateTable", create("ab")),
        Fault(.validationException, "CreateTable", create(String(repeating: "a", count: 256))),
        Fault(.validationException, "CreateTable", create("bad name!")),
        Fault(.resourceInUseException, "CreateTable", create("hash")),
        Fault(.validationException, "CreateTable", create(key: nil)),
        Fault(.validationException, "CreateTable", create(definitions: three)),
        Fault(
            .validationException, "CreateTable",
            create("new", #","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}"#)),
        Fault(
            .validationException, "CreateTable",
            create("new", #","StreamSpecification":{"StreamEnabled":false,"StreamViewType":"NEW_IMAGE"}"#)),
        Fault(.validationException, "CreateTable", create("new", global(#"{"ProjectionType":"INCLUDE"}"#))),
        Fault(
            .validationException, "CreateTable",
            create("new", global(#"{"ProjectionType":"KEYS_ONLY","NonKeyAttributes":["a"]}"#))),
        Fault(
            .validationException, "CreateTable",
            create(definitions: pk + #",{"AttributeName":"ik","AttributeType":"S"}"#, local())),
        Fault(
            .validationException, "CreateTable", create(definitions: three, key: sorted, local(hash: "sk"))),
        Fault(
            .validationException, "CreateTable",
            create(definitions: three, key: sorted, local(#"{"ProjectionType":"INCLUDE"}"#))),
        Fault(.resourceNotFoundException, "DescribeTable", #"{"TableName":"absent"}"#),
        Fault(.resourceNotFoundException, "DeleteTable", #"{"TableName":"absent"}"#),
        Fault(
            .resourceNotFoundException, "UpdateTable", #"{"TableName":"absent","BillingMode":"PAY_PER_REQUEST"}"#),
        Fault(
            .validationException, "UpdateTable",
            #"{"TableName":"hash","BillingMode":"PAY_PER_REQUEST","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}}"#
        ),
        Fault(
            .validationException, "UpdateTable",
            #"{"TableName":"hash","BillingMode":"PROVISIONED","ProvisionedThroughput":{"ReadCapacityUnits":0,"WriteCapacityUnits":5}}"#
        ),
        Fault(
            .validationException, "UpdateTable",
            add(
                "gsi1", key: #"{"AttributeName":"ik","KeyType":"HASH"}"#,
                definitions: #"{"AttributeName":"ik","AttributeType":"S"}"#)),
        Fault(
            .validationException, "UpdateTable",
            add("bad", key: #"{"AttributeName":"unknown","KeyType":"HASH"}"#, definitions: "")),
        Fault(
            .validationException, "UpdateTable",
            add(
                "bad", key: hash + #",{"AttributeName":"g3","KeyType":"RANGE"}"#,
                definitions: #"{"AttributeName":"g3","AttributeType":"S"}"#)),
        Fault(
            .resourceNotFoundException, "UpdateTable",
            #"{"TableName":"composite","GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"absent"}}]}"#),
        Fault(.resourceNotFoundException, "DescribeTimeToLive", #"{"TableName":"absent"}"#),
        Fault(
            .resourceNotFoundException, "UpdateTimeToLive",
            #"{"TableName":"absent","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}"#),
        Fault(
            .validationException, "UpdateTimeToLive",
            #"{"TableName":"hash","TimeToLiveSpecification":{"Enabled":true,"AttributeName":""}}"#),
        Fault(
            .validationException, "TagResource",
            #"{"ResourceArn":"not-a-valid-arn","Tags":[{"Key":"env","Value":"test"}]}"#),
        Fault(.policyNotFoundException, "GetResourcePolicy", #"{"ResourceArn":"\#(arn)/hash"}"#),
        Fault(
            .backupNotFoundException, "DescribeBackup",
            #"{"BackupArn":"\#(arn)/hash/backup/01780000000000-0123abcd"}"#),
        // There is no S3 and no Kinesis: what cannot be done is told as such.
        Fault(
            .pointInTimeRecoveryUnavailableException, "ExportTableToPointInTime",
            #"{"TableArn":"\#(arn)/hash","S3Bucket":"bucket"}"#),
        Fault(
            .unknownOperationException, "ImportTable",
            #"{"S3BucketSource":{"S3Bucket":"bucket"},"InputFormat":"DYNAMODB_JSON","TableCreationParameters":\#(create())}"#
        ),
    ])
    func refusals(fault: Fault) async throws {
        let error = try await Refusal.fault(fault.operation, fault.body)
        #expect(error.code == fault.code, "\(error)")
    }
}
