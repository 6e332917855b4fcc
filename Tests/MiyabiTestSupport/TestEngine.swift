package import DynamoDBEngine
import Foundation

/// Gives `body` an engine without tables in a directory of its own, and removes it.
package func withEngine(_ body: (Engine) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "miyabi-test-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    var options = Engine.Options(directory: directory.path)
    options.synchronous = false
    let engine = try Engine.open(options, logger: TestPlatform.logger)
    do { try await body(engine) } catch {
        await engine.close()
        throw error
    }
    await engine.close()
}
