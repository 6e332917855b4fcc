import CLibPQ

extension ConnectionHandle {
    /// From now on statements are queued: each has results of its own, and the server answers in order.
    func enterPipelineMode() -> Bool { PQenterPipelineMode(connection) == 1 }

    /// Ends the statements of a pipeline: what failed among them has no effect on those that follow.
    func sendPipelineSync() -> Bool { PQpipelineSync(connection) == 1 }

    /// Possible when all results have been read.
    func exitPipelineMode() -> Bool { PQexitPipelineMode(connection) == 1 }
}
