/// Where in the source something was asked for.
struct CallSite: Sendable, CustomStringConvertible {
    let fileID: String
    let line: Int

    var description: String { "\(fileID):\(line)" }
}

extension PostgresError {
    /// The same error, telling where in the source the call stands, unless it tells that already.
    func at(_ site: CallSite) -> PostgresError {
        var copy = self
        copy.site = copy.site ?? site
        return copy
    }

    /// Runs `body`; its errors tell where it was called, unless they tell of a call inside it.
    nonisolated(nonsending) static func locating<R>(
        _ site: CallSite, _ body: nonisolated(nonsending) () async throws -> R
    ) async throws -> R {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw error.at(site)
        }
    }
}
