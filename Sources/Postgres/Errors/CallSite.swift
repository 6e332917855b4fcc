/// Where in the source something was asked for.
struct CallSite: Sendable, CustomStringConvertible {
    let fileID: String
    let line: Int

    var description: String { "\(fileID):\(line)" }
}

extension PostgresError {
    /// Runs `body`; its errors tell where it was called, unless they tell of a call inside it.
    nonisolated(nonsending) static func locating<R>(
        _ site: CallSite, _ body: nonisolated(nonsending) () async throws -> R
    ) async throws -> R {
        do {
            return try await body()
        } catch var error as PostgresError {
            if error.site == nil { error.site = site }
            throw error
        }
    }
}
