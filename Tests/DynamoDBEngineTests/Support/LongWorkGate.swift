import Dispatch
import DynamoDB

@testable import DynamoDBEngine

/// Keeps an engine's backups, restores and deletions waiting for their turn until it is opened.
final class LongWorkGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    init(_ engine: Engine) async throws {
        let semaphore = semaphore
        try await engine.perform("Test") { core in core.longWork.start { semaphore.wait() } }
    }

    func open() { semaphore.signal() }
}

extension Engine {
    /// What the minute's trimming does.
    func trim() async throws {
        try await perform("Test") { core in try await core.changes.run { core.trim() } }
    }

    /// Waits until a backup is there.
    func waitUntilAvailable(_ arn: String) async throws {
        while true {
            let backup = try await describeBackup(DescribeBackupInput(backupArn: arn)).backupDescription
            if backup?.backupDetails?.backupStatus == .available { return }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Waits until there is no table of that name.
    func waitUntilDeleted(_ table: String) async throws {
        while try await listTables(ListTablesInput()).tableNames.contains(table) {
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
