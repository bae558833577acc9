import { createPostSchema } from '@live-likes/contract';
import { Router } from 'express';
import { parse, postNotFound } from '../errors.ts';
import type { LikeWriter } from '../likes/likeWriter.ts';
import { setLike } from '../likes/setLike.ts';
import { createPost } from '../posts/createPost.ts';
import { deletePost } from '../posts/deletePost.ts';
import { mutePost } from '../posts/mutePost.ts';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';
import { loginOf } from './guards.ts';
import { pageOf } from './page.ts';

export function postRoutes(store: Store, publish: Publish, likeWriter: LikeWriter): Router {
  const routes = Router();

  routes.get('/', async (req, res) => {
    res.json(await store.posts(loginOf(req).user.id, pageOf(req)));
  });

  routes.post('/', async (req, res) => {
    const { body } = parse(createPostSchema, req.body);
    res.status(201).json(await createPost(store, publish, loginOf(req).user.id, body));
  });

  routes.get('/:id', async (req, res) => {
    const post = await store.post(req.params.id, loginOf(req).user.id);
    if (!post) throw postNotFound();
    res.json(post);
  });

  routes.delete('/:id', async (req, res) => {
    await deletePost(store, publish, loginOf(req).user.id, req.params.id);
    res.status(204).end();
  });

  for (const [method, on] of [
    ['put', true],
    ['delete', false],
  ] as const) {
    routes[method]('/:id/like', async (req, res) => {
      const { id: userId } = loginOf(req).user;
      res.json(await setLike(likeWriter, { userId, postId: req.params['id'], liked: on, op: null }));
    });

    routes[method]('/:id/mute', async (req, res) => {
      await mutePost(store, publish, loginOf(req).user.id, req.params['id'], on);
      res.status(204).end();
    });
  }

  routes.get('/:id/likers', async (req, res) => {
    const page = await store.likers(req.params.id, pageOf(req));
    if (!page) throw postNotFound();
    res.json(page);
  });

  return routes;
}
