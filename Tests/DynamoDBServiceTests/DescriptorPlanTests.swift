import Testing

@testable import DynamoDBService

@Suite struct DescriptorPlanTests {
    @Test(arguments: [
        (512, 128, 128), (1024, 384, 384), (2304, 1024, 1024), (2303, 1023, 1024), (65_536, 1024, 1024),
        (.max, 1024, 1024),
    ])
    func storageComesFirst(limit: Int, openFiles: Int, connections: Int) throws {
        let plan = try DescriptorPlan(limit: limit)
        #expect(plan.openFiles == openFiles && plan.connections == connections)
        #expect(plan.openFiles + plan.connections + 256 <= limit)
    }

    @Test func tooFewAreRefused() {
        let error = #expect(throws: DescriptorsMissing.self) { try DescriptorPlan(limit: 511) }
        #expect(error?.description.contains("511") == true && error?.description.contains("ulimit -n") == true)
    }

    @Test func thisProcessHasAPlan() throws {
        let plan = try DescriptorPlan.forThisProcess()
        #expect(plan.connections >= 128 && plan.openFiles >= 128)
        #expect(try DescriptorPlan.forThisProcess() == plan)
    }
}
