import Synchronization

/// Signs a client's requests to one service, and keeps the day's signing key.
package final class RequestSigner: Sendable {
    private struct CachedKey {
        let scope: SignatureV4.Scope
        let credentials: Credentials
        let key: SignatureV4.Key
    }

    private let region: String
    private let service: String
    private let cached = Mutex<CachedKey?>(nil)

    package init(region: String, service: String) {
        self.region = region
        self.service = service
    }

    /// The headers of a POST, signed.
    ///
    /// - Parameter target: the operation, for services that take it in a header.
    package func headers(
        endpoint: Endpoint, contentType: String, target: String? = nil, body: [UInt8],
        credentials: Credentials, at date: SigningDate = .now
    ) -> [(name: String, value: String)] {
        var headers = [
            (name: "content-type", value: contentType),
            (name: "host", value: endpoint.hostHeader),
            (name: "x-amz-date", value: date.timestamp),
        ]
        if let token = credentials.sessionToken { headers.append((name: "x-amz-security-token", value: token)) }
        if let target { headers.append((name: "x-amz-target", value: target)) }

        let scope = SignatureV4.Scope(day: date.day, region: region, service: service)
        let request = body.withUnsafeBytes { body in
            CanonicalRequest(method: "POST", path: endpoint.path, headers: headers, body: body)
        }
        let signature = key(credentials: credentials, scope: scope).signature(of: request, timestamp: date.timestamp)
        headers.append(
            (
                name: "authorization",
                value: "\(SignatureV4.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text), "
                    + "SignedHeaders=\(request.signedHeaders), Signature=\(signature)"
            ))
        return headers
    }

    private func key(credentials: Credentials, scope: SignatureV4.Scope) -> SignatureV4.Key {
        cached.withLock { cached in
            if let cached, cached.scope == scope, cached.credentials == credentials { return cached.key }
            let key = SignatureV4.Key(secret: credentials.secretAccessKey, scope: scope)
            cached = CachedKey(scope: scope, credentials: credentials, key: key)
            return key
        }
    }
}
