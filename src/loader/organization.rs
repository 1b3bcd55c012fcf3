//! The accounts of an organisation, each read with a role of the same name in it.

use std::collections::HashSet;

use futures::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::json;

use super::Request;
use super::ask::pages;
use super::configuration::central_region;
use super::error::LoadError;
use super::fault::Fault;
use super::plain::{Client, Protocol, Service};
use super::progress::Reporter;
use super::role::MemberRole;
use super::session::Session;
use crate::model::catalogue::{self, usual_calls};
use crate::model::dump::{Outcome, RegionDump};
use crate::model::ids::AccountId;

/// Accounts that are logged in to at the same time.
const AT_ONCE: usize = 8;

const ORGANIZATIONS: Service = Service {
    of: catalogue::Service::Organizations,
    host: "organizations",
    protocol: Protocol::Json { target: "AWSOrganizationsV20161128" },
};

/// One account.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Account {
    id: AccountId,
    name: String,
    state: Option<String>,
    /// What `State` was called before.
    status: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    #[serde(default)]
    accounts: Vec<Account>,
    next_token: Option<String>,
}

/// What there is beside the account of the caller.
#[derive(Default)]
pub(super) struct Members {
    pub(super) sessions: Vec<Session>,
    /// What is known of accounts that cannot be read: that, and why.
    pub(super) closed: Vec<RegionDump>,
    /// The same for a person.
    pub(super) notices: Vec<String>,
}

/// Logs in to every account that is in use and has no profile of its own among `askers`: they are the organisations'
/// management accounts, or such as may ask in their place. Of several of one organisation the first asks.
pub(super) async fn members(
    askers: &[Session],
    role: &MemberRole,
    request: &Request,
    reporter: &Reporter,
) -> Result<Members, LoadError> {
    let mut members = Members::default();
    let mut listed = HashSet::new();
    for asker in askers {
        if listed.contains(&asker.account) {
            continue;
        }
        let accounts = accounts(asker, reporter).await?;
        listed.extend(accounts.iter().map(|account| account.id.clone()));
        let is_read = |account: &Account| askers.iter().any(|asker| asker.account == account.id);
        let others = accounts.into_iter().filter(|account| !is_read(account));
        let open = others.map(|account| async {
            let role = role.in_account(&asker.partition, account.id.as_str());
            (account, asker.in_account(&role, request, reporter).await)
        });
        let opened: Vec<_> = stream::iter(open).buffered(AT_ONCE).collect().await;
        for (account, outcome) in opened {
            match outcome {
                Ok(session) => members.sessions.push(session),
                Err(error) => members.close(&account, &error, asker),
            }
        }
    }
    Ok(members)
}

async fn accounts(asker: &Session, reporter: &Reporter) -> Result<Vec<Account>, LoadError> {
    let clients = asker.at_home(reporter);
    let client = clients.plain(&ORGANIZATIONS, central_region(&asker.home));
    let listed = pages(async |token| page(&client, token).await);
    let listed: Result<Vec<Vec<Account>>, Fault> = listed.try_collect().await;
    let listed = listed.map_err(|fault| LoadError::Organization { message: fault.message })?;
    Ok(listed.into_iter().flatten().filter(Account::is_active).collect())
}

async fn page(
    client: &Client,
    token: Option<String>,
) -> Result<(Vec<Account>, Option<String>), Fault> {
    let question = token.map_or_else(|| json!({}), |token| json!({"NextToken": token}));
    let page: Page = client.ask("ListAccounts", question).await?;
    Ok((page.accounts, page.next_token))
}

impl Account {
    fn is_active(&self) -> bool {
        let state = self.state.as_ref().or(self.status.as_ref());
        state.is_none_or(|state| state == "ACTIVE")
    }
}

impl Members {
    /// Notes that nothing is known of an account: that is another thing than that there is nothing in it.
    fn close(&mut self, account: &Account, error: &LoadError, asker: &Session) {
        let Account { id, name, .. } = account;
        self.notices.push(format!("account {id} ({name}) is not read: {error}"));
        let message = error.to_string();
        let outcome = match error {
            LoadError::Role { .. } => {
                Outcome::Denied { action: "sts:AssumeRole".to_owned(), message }
            }
            _ => Outcome::Failed { message },
        };
        for region in &asker.regions {
            let mut dump =
                RegionDump { account: id.clone(), region: region.clone(), ..RegionDump::default() };
            for call in usual_calls() {
                dump.coverage.record(call.envelope, outcome.clone());
            }
            self.closed.push(dump);
        }
    }
}
