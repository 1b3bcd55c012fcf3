//! Services that name the users of interfaces: ECS, ElastiCache, Redshift, EFS.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::page::{Ask, Page};
use crate::loader::clients::Clients;
use crate::loader::fault::Fault;
use crate::loader::plain::{Client, Protocol, Service};
use crate::model::catalogue::{self, Envelope, Resources};
use crate::model::ids::Arn;

const ECS: Service = Service {
    of: catalogue::Service::Ecs,
    host: "ecs",
    protocol: Protocol::Json { target: "AmazonEC2ContainerServiceV20141113" },
};

const ELASTICACHE: Service = Service {
    of: catalogue::Service::ElastiCache,
    host: "elasticache",
    protocol: Protocol::Query { version: "2015-02-02" },
};

const REDSHIFT: Service = Service {
    of: catalogue::Service::Redshift,
    host: "redshift",
    protocol: Protocol::Query { version: "2012-12-01" },
};

const EFS: Service = Service {
    of: catalogue::Service::Efs,
    host: "elasticfilesystem",
    protocol: Protocol::Rest { path: "/2015-02-01/file-systems" },
};

/// Tasks that ECS describes with one request.
const TASKS_AT_ONCE: usize = 100;

/// What to ask one of these services.
pub(super) fn asks(envelope: Envelope, clients: &Clients, found: &Resources) -> Vec<Ask> {
    let client = |service| clients.plain_here(service);
    match envelope {
        Envelope::EcsClusters => cluster_arns(&client(&ECS)),
        Envelope::EcsTaskArns => task_arns(&client(&ECS), found),
        Envelope::EcsTasks => tasks(&client(&ECS), found),
        Envelope::CacheClusters => cache_clusters(&client(&ELASTICACHE)),
        Envelope::RedshiftClusters => redshift_clusters(&client(&REDSHIFT)),
        Envelope::FileSystems => file_systems(&client(&EFS)),
        _ => Vec::new(),
    }
}

fn cluster_arns(client: &Client) -> Vec<Ask> {
    let next = ("nextToken", "nextToken");
    let question = json!({"maxResults": 100});
    vec![listed(client, "ListClusters", question, next, "clusterArns", |found: Vec<Arn>| {
        Resources { ecs_clusters: found, ..Resources::default() }
    })]
}

fn task_arns(client: &Client, found: &Resources) -> Vec<Ask> {
    let next = ("nextToken", "nextToken");
    let in_cluster = |cluster: &Arn| {
        let question = json!({"cluster": cluster, "maxResults": 100});
        listed(client, "ListTasks", question, next, "taskArns", |found: Vec<Arn>| Resources {
            ecs_task_arns: found,
            ..Resources::default()
        })
    };
    found.ecs_clusters.iter().map(in_cluster).collect()
}

fn tasks(client: &Client, found: &Resources) -> Vec<Ask> {
    let mut asks = Vec::new();
    for cluster in clusters(&found.ecs_task_arns) {
        let here = found.ecs_task_arns.iter().filter(|task| cluster_of(task) == Some(cluster));
        let here: Vec<&Arn> = here.collect();
        asks.extend(here.chunks(TASKS_AT_ONCE).map(|some| {
            let question = json!({"cluster": cluster, "tasks": some});
            listed(client, "DescribeTasks", question, ("", ""), "tasks", |found| Resources {
                ecs_tasks: found,
                ..Resources::default()
            })
        }));
    }
    asks
}

/// `arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/NUMBER`.
fn cluster_of(task: &Arn) -> Option<&str> {
    task.as_str().split('/').nth(1)
}

fn clusters(tasks: &[Arn]) -> Vec<&str> {
    let mut clusters: Vec<_> = tasks.iter().filter_map(cluster_of).collect();
    clusters.sort_unstable();
    clusters.dedup();
    clusters
}

fn cache_clusters(client: &Client) -> Vec<Ask> {
    let (question, next) = (json!({"MaxRecords": "100"}), ("Marker", "Marker"));
    vec![listed(client, "DescribeCacheClusters", question, next, "CacheClusters", |found| {
        Resources { cache_clusters: found, ..Resources::default() }
    })]
}

fn redshift_clusters(client: &Client) -> Vec<Ask> {
    let (question, next) = (json!({"MaxRecords": "100"}), ("Marker", "Marker"));
    vec![listed(client, "DescribeClusters", question, next, "Clusters", |found| Resources {
        redshift_clusters: found,
        ..Resources::default()
    })]
}

fn file_systems(client: &Client) -> Vec<Ask> {
    let (question, next) = (json!({"MaxItems": "100"}), ("Marker", "NextMarker"));
    vec![listed(client, "DescribeFileSystems", question, next, "FileSystems", |found| Resources {
        file_systems: found,
        ..Resources::default()
    })]
}

/// One list, page by page: where the token goes in the question and where it comes in the answer.
fn listed<T: DeserializeOwned + Send + 'static>(
    client: &Client,
    operation: &'static str,
    question: Value,
    (token_in, token_out): (&'static str, &'static str),
    list: &'static str,
    found: fn(Vec<T>) -> Resources,
) -> Ask {
    let client = client.clone();
    Box::new(move |token| {
        let (client, mut question) = (client.clone(), question.clone());
        if let Some(token) = token {
            question[token_in] = token.into();
        }
        Box::pin(async move {
            let mut answer: serde_json::Map<String, Value> =
                client.ask(operation, question).await?;
            let next = answer.remove(token_out).and_then(|next| next.as_str().map(str::to_owned));
            let items = answer.remove(list).unwrap_or_else(|| json!([]));
            let items = Vec::<T>::deserialize(items);
            let items = items.map_err(|error| Fault::other(format!("{list}: {error}")))?;
            Ok(Page { resources: found(items), next, ..Page::default() })
        })
    })
}
