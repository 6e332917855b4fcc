/// The DynamoDB API, operation by operation.
///
/// Two types implement it: `DynamoDBClient`, over signed HTTP to AWS or any compatible server, and
/// `DynamoDBEngine.Engine`, in process. Code written against `any DynamoDBAPI` runs on both.
/// Every operation throws ``DynamoDBError``.
public protocol DynamoDBAPI: Sendable {
    func createTable(_ input: CreateTableInput) async throws -> CreateTableOutput
    func describeTable(_ input: DescribeTableInput) async throws -> DescribeTableOutput
    func listTables(_ input: ListTablesInput) async throws -> ListTablesOutput
    func deleteTable(_ input: DeleteTableInput) async throws -> DeleteTableOutput
    func updateTimeToLive(_ input: UpdateTimeToLiveInput) async throws -> UpdateTimeToLiveOutput
    func describeTimeToLive(_ input: DescribeTimeToLiveInput) async throws -> DescribeTimeToLiveOutput

    func putItem(_ input: PutItemInput) async throws -> PutItemOutput
    func getItem(_ input: GetItemInput) async throws -> GetItemOutput
    func deleteItem(_ input: DeleteItemInput) async throws -> DeleteItemOutput
    func batchWriteItem(_ input: BatchWriteItemInput) async throws -> BatchWriteItemOutput
    func query(_ input: QueryInput) async throws -> QueryOutput
    func scan(_ input: ScanInput) async throws -> ScanOutput
}
