import MiyabiSystem
import Testing

@testable import MiyabiOperations

@Suite("Settings from the machine")
struct EmbeddedTuningTests {
    private func tuning(_ gib: Int, instances: Int = 1, pool: Int = 20, processors: Int = 2) -> ServerTuning {
        ServerTuning(
            machine: Machine(memoryMiB: gib * 1024, processors: processors), instances: instances, poolSize: pool)
    }

    @Test func theSpecificationsExampleComesOut() {
        // Section 4.1: 1 GB, 3 GB, 5 MB, 256 MB for 200 connections on 4 GB.
        let example = tuning(4, instances: 1, pool: 187)
        #expect(example.maxConnections == 200)
        #expect(example.sharedBuffersMiB == 1024)
        #expect(example.effectiveCacheSizeMiB == 3072)
        #expect(example.workMemMiB == 5)
        #expect(example.maintenanceWorkMemMiB == 256)
    }

    @Test(arguments: [(4, 30), (6, 65), (8, 100), (16, 200)])
    func recommendationsFollowTheTable(gib: Int, connections: Int) {
        #expect(tuning(gib).recommendedConnections == connections)
        #expect(tuning(gib).maxConnections == connections + 13)
    }

    @Test func demandRaisesAndMemoryLimits() {
        #expect(tuning(4, instances: 10).maxConnections == 213)
        #expect(!tuning(4, instances: 10).isOversubscribed)
        #expect(tuning(4).connectionCeiling == 327)
        #expect(tuning(4, instances: 100).maxConnections == 327)
        #expect(tuning(4, instances: 100).isOversubscribed)
    }

    @Test func everySizeGivesSettingsThatPostgreSQLTakes() {
        for memory in [256, 512, 1024, 3000, 24_105, 131_072, 1_048_576] {
            let tuning = ServerTuning(machine: Machine(memoryMiB: memory, processors: 1), instances: 1, poolSize: 20)
            #expect(tuning.sharedBuffersMiB >= 128 && tuning.sharedBuffersMiB <= 8192)
            #expect((4...64).contains(tuning.workMemMiB))
            #expect((64...2048).contains(tuning.maintenanceWorkMemMiB))
            #expect(tuning.maxConnections >= 25 && tuning.maxConnections <= 413)
            #expect(tuning.workersPerGather == 0)
        }
    }

    @Test func everySettingIsExplainedAndNamedOnce() {
        let parameters = tuning(24).parameters.flatMap(\.parameters)
        #expect(parameters.allSatisfy { $0.reason.count > 10 })
        #expect(Set(parameters.map(\.name)).count == parameters.count)
        #expect(tuning(24).description.contains("shared_buffers = '6144MB'"))
    }

    @Test func valuesAreQuoted() {
        #expect(ServerParameter("a", "it's \\ here", "").line == #"a = 'it''s \\ here'"#)
    }
}
